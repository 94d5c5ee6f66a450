import type { Ping, ResetReason, StreamEvents, Viewer } from "../../protocol/streamEvents.ts";
import type { Reader } from "../../protocol/reader.ts";
import type { Subscription } from "../../protocol/subscription.ts";
import type { ItemFilter } from "./Filters.ts";
import type { EventFrames } from "./Frames.ts";

/** What a closing stream says last. */
export type Farewell = {
  [Name in "revoked" | "reauth" | "bye"]: { readonly event: Name } & StreamEvents<never>[Name];
}["revoked" | "reauth" | "bye"];

/** One open stream, whatever carries it. Its memory is a cursor: the last seq that it has passed. */
export interface Subscriber {
  readonly subscription: Subscription;
  readonly transport: "sse" | "websocket";
  /** Which items it asked for. */
  readonly filter: ItemFilter;
  /** When it is to make way for a fresh connection; milliseconds since 1970. */
  readonly retireAt: number;
  /** Whether `live` has been said. */
  readonly isLive: boolean;
  /** The last seq that was looked at for it, whether it was sent or not. */
  readonly cursor: number;
  /** The last seq that was sent to it. */
  readonly sentSeq: number;
  /** The head of the log when it began with nothing; -1 for one that may hold something from before. */
  readonly joinedAt: number;
  /** About how much the runtime still holds for a client that takes nothing, although the stream is closed. */
  readonly unreleasedBytes: number;
  /** The seq at which it last had been handed all that there was, on this stream; -1 before that. */
  readonly abreastAt: number;
  /** Goes on as another kind of reader. */
  readAs(reader: Reader): void;
  /** Begins after a cursor. */
  start(cursor: number, joinedAt: number): void;
  /** Moves the cursor on to a seq. */
  pass(seq: number, isSent: boolean): void;
  /** Has been handed all that it has room for; `isAll` when that is all that there is. */
  rest(isAll: boolean): void;
  /** Whether it would take a frame now. One that would not is caught up later; nothing is queued for it. */
  hasRoom(): boolean;
  sendEvent(frames: EventFrames): void;
  sendReset(reason: ResetReason): void;
  sendLive(): void;
  sendPing(ping: Ping): void;
  sendPresence(viewers: readonly Viewer[]): void;
  /** Says why and closes. Closing twice is harmless. */
  close(farewell: Farewell): void;
}
