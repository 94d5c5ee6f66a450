import type { Version } from "./version.ts";

/** Which topic of its stream an item is in, as of a version. */
export interface Placement {
  /** The item's id. */
  readonly id: string;
  /** The key of the topic; `null` for none. */
  readonly key: string | null;
  readonly version: Version;
}

/** What the directory answers to a placement. */
export interface Placed {
  /** Where the item is by all that the directory has heard: elsewhere when the placement was old news. */
  readonly current: { readonly key: string | null; readonly version: Version };
  /** The topic that it was in before, which may not have heard yet; `null` for none. */
  readonly former: string | null;
}
