import type { ByeReason, Ping, ResetReason, StreamEvents, Viewer } from "../../protocol/streamEvents.ts";
import type { Subscription } from "../../protocol/subscription.ts";
import type { LogItem } from "./Log.ts";

/** Why a stream was closed. `left` is the client's own doing. */
export type CloseReason = "left" | "revoked" | "reauth" | ByeReason;

/** What a closing stream says last. */
export type Farewell = {
  [Name in "revoked" | "reauth" | "bye"]: { readonly event: Name } & StreamEvents<never>[Name];
}["revoked" | "reauth" | "bye"];

/** One open stream, whatever carries it. Its memory is a cursor: the last seq handed to it. */
export interface Subscriber {
  readonly subscription: Subscription;
  readonly transport: "sse" | "websocket";
  /** When it is to make way for a fresh connection; milliseconds since 1970. */
  readonly retireAt: number;
  /** Whether `live` has been said. */
  readonly isLive: boolean;
  cursor: number;
  /** Whether it would take a frame now. One that would not is caught up later; nothing is queued for it. */
  hasRoom(): boolean;
  sendItem(item: LogItem): void;
  sendReset(reason: ResetReason): void;
  sendLive(): void;
  sendPing(ping: Ping): void;
  sendPresence(viewers: readonly Viewer[]): void;
  /** Says why and closes. Closing twice is harmless. */
  close(farewell: Farewell): void;
}
