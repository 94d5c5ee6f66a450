import type { StreamRequest } from "./StreamSocket.ts";

/** What the bench asks of a client process. */
export type ClientRequest =
  | { readonly ask: "open"; readonly request: StreamRequest; readonly count: number; readonly atOnce: number }
  | { readonly ask: "await"; readonly seq: number; readonly timeoutMs: number }
  | { readonly ask: "sample" }
  | { readonly ask: "sampled" }
  | { readonly ask: "close" };

/** When the clients of one process were open; milliseconds. */
export interface Opened {
  readonly opened: number;
  readonly failed: number;
  readonly tookMs: number;
  readonly reason: string;
}

/** When each client had a change or a newer one, rising; milliseconds of the shared clock. */
export interface Arrived {
  readonly seq: number;
  readonly at: readonly number[];
}

/** How old what the clients showed was, over all clients and moments of a burst. */
export interface Sampled {
  /** Counts by age in whole milliseconds; the last bucket holds what is older. */
  readonly ages: readonly number[];
  readonly bytes: number;
  readonly frames: number;
}

/** A client process's answer: to each request one, in their order. */
export type ClientAnswer = Opened | Arrived | Sampled | { readonly closed: true };
