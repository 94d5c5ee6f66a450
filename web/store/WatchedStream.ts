import type { ReadonlySignal } from "@preact/signals";
import type { Health } from "../stream/health.ts";
import type { State } from "../stream/states.ts";

/** How a stream travels. */
export type Transport = "sse" | "websocket";

/** A stream, or several as one, whose connection a page can tell of. */
export interface WatchedStream {
  readonly state: ReadonlySignal<State>;
  readonly health: ReadonlySignal<Health>;
  /** For how many seconds nothing was heard, when that is too long to be believed. */
  readonly silence: ReadonlySignal<number | null>;
  readonly transport: Transport;
  /** The user wants it to try now. */
  resume(): void;
}
