import type { ProblemCode } from "../../protocol/problem.ts";
import type { Reader } from "../../protocol/reader.ts";
import type { Subscription } from "../../protocol/subscription.ts";
import type { Feed } from "./Feed.ts";
import type { EventFrames } from "./Frames.ts";
import type { Farewell, Subscriber } from "./Subscriber.ts";

/** Who reads, and which items he asked for. */
export type Viewpoint = Pick<Subscriber, "subscription" | "filter">;

/** What a topic holds, whichever kind its stream is of, and to whom it shows it. */
export interface TopicContent<Entry extends { readonly seq: number }> extends Feed<Entry> {
  /** Whether there is anything at all, as opposed to not knowing. */
  readonly exists: boolean;
  /** The epoch in the ids that a reader is sent. Whoever reads by other rights than before can't resume with those. */
  epochFor(reader: Reader): string;
  /** The cursor after which everything since a moment (milliseconds since 1970) comes; `null` when that is forgotten. */
  cursorAt(moment: number): number | null;
  /** What an entry is to a subscriber; `null` for nothing to be sent. */
  framesFor(entry: Entry, subscriber: Subscriber): EventFrames | null;
  /** Why a subscriber may not watch any more; `null` while he may. */
  lostRight(subscriber: Pick<Subscriber, "subscription">): Extract<Farewell, { event: "revoked" }> | null;
  /** Why somebody may not begin to watch, by what is held; `null` when he may. */
  refusalOf(subscription: Subscription): ProblemCode | null;
  /** The fingerprint of what a subscriber should be holding that has caught up; `null` when there is none to be told. */
  hashFor(subscriber: Subscriber): string | null;
  /** What a reader gets of all that is held, as JSON text of a list. */
  itemsFor(reader: Viewpoint): string;
  /** Lets go of what only those who watch have use for. */
  rest(): void;
}
