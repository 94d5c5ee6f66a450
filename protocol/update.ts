import type { Version } from "./version.ts";

/** A share link as the hub checks it. */
export interface ShareGrant {
  readonly _id: string;
  /** SHA-256 of the token in hex; the token itself is stored nowhere. */
  readonly tokenHash: string;
  /** ISO 8601, or `null` for never. */
  readonly expiresAt: string | null;
}

/** What an item itself says of who may read it. It travels beside the item and is never sent to a subscriber as such. */
export interface Access {
  readonly memberIds: readonly string[];
  readonly shares: readonly ShareGrant[];
}

/** The whole new value of one item of a topic, or its removal. Never a delta, so merging is "keep the last". */
export interface Update {
  /** The item's id: its plain `_id` as JSON text. */
  readonly id: string;
  readonly version: Version;
  /** When the change was made, in milliseconds since 1970 by the database's clock. */
  readonly at: number;
  /** The document as wire JSON; `null` when it is gone, or no longer belongs to the topic. */
  readonly data: string | null;
  /** `null` when it was removed: whoever could see the item learns of its removal. */
  readonly access: Access | null;
}

/** The members of the document that grants the right to a whole topic; none when it is gone. */
export interface Grant {
  readonly version: Version;
  readonly memberIds: readonly string[];
}
