/** Data of `ping`: the server's clock, and what this subscriber should be holding when it has caught up. */
export interface Ping {
  /** ISO 8601. */
  readonly at: string;
  /** The last event id that was sent to this subscriber. */
  readonly id?: string;
  /** The fingerprint of the set of items that this subscriber should be holding. */
  readonly hash?: string;
}

/** A person who is watching. One per person, however many pages they have open. */
export interface Viewer {
  readonly id: string;
  readonly name: string;
}

/** Why a resume can't continue and the whole follows. */
export type ResetReason =
  | "malformed"
  | "unknown-epoch"
  | "below-floor"
  | "above-head"
  | "new-epoch"
  | "new-rights";

/** Why a server closes a stream that the client may open again. */
export type ByeReason = "retired" | "stalled" | "silent" | "too-large";

/** Data of `change`: a change of a document, as plain JSON. */
export interface ChangeEventData {
  readonly operationType: "insert" | "update" | "replace" | "delete";
  readonly documentKey: { readonly _id: string | number };
  /** The document after the change, as this kind of reader gets it; not there after a delete. */
  readonly fullDocument?: Readonly<Record<string, unknown>>;
  readonly updateDescription?: Readonly<Record<string, unknown>>;
  /** Seconds since 1970, a dot, and the place within that second. */
  readonly clusterTime: string;
  readonly ns: { readonly db: string; readonly coll: string };
}

/** The events of a stream and the shape of their data. `message` carries an item's whole new value. */
export interface StreamEvents<Item> {
  readonly message: Item;
  readonly removed: { readonly _id: string | number };
  readonly change: ChangeEventData;
  readonly reset: { readonly reason: ResetReason };
  readonly live: Record<string, never>;
  readonly ping: Ping;
  readonly presence: { readonly viewers: readonly Viewer[] };
  readonly revoked: { readonly reason: "no-longer-a-member" | "share-ended" };
  readonly reauth: { readonly reason: "session-expired" | "signed-out" };
  readonly bye: { readonly reason: ByeReason };
}

/** The name of an event of a stream. */
export type StreamEventName = keyof StreamEvents<unknown>;

/** An event as a WebSocket carries it; `id` is there where the SSE frame has one. `data` is JSON, not text. */
export interface SocketMessage {
  readonly id?: string;
  readonly event: StreamEventName;
  readonly data: unknown;
}

/** WebSocket close codes, one per way of closing. A client does not come back after `revoked` or before signing in. */
export const CLOSE_CODES = { bye: 1013, revoked: 4403, reauth: 4401 } as const;
