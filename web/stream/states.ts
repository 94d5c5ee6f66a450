/**
 * What a stream is doing, in the words a page can show.
 *
 * `idle` not started or closed · `connecting` first connection · `live` caught up · `reconnecting` lost, coming back ·
 * `offline` lost, and the browser says that the device has no network · `paused` nobody looks at this page ·
 * `signed-out` waits for a sign-in · `revoked` the right to watch was taken away · `gone` there is nothing here for us
 */
export const STATES = [
  "idle",
  "connecting",
  "live",
  "reconnecting",
  "offline",
  "paused",
  "signed-out",
  "revoked",
  "gone",
] as const;

export type State = (typeof STATES)[number];

/** What can happen to a stream. */
export const OCCURRENCES = [
  /** The page wants it. */
  "start",
  /** The server said `live`. */
  "caught-up",
  /** The connection ended or fell silent, and may be opened again. */
  "dropped",
  /** The same, and the browser says that the device has no network. */
  "unreachable",
  /** The browser says that the device lost its network. A hint: a server on this machine is still there. */
  "went-offline",
  /** The browser says that it has one again. */
  "went-online",
  /** The page was hidden for a while, or left. */
  "pause",
  /** The page is looked at again. */
  "unpause",
  /** 401, or `reauth`. */
  "session-ended",
  /** 403, or `revoked`. */
  "access-ended",
  /** 404, 410, or another refusal that asking again would not change. */
  "not-found",
  /** The user signed in, or wants it to try now. */
  "resume",
  /** The page does not want it any more. */
  "stop",
] as const;

export type Occurrence = (typeof OCCURRENCES)[number];

/** What to do on the way: `open` now, `retry` after a back-off, `check` whether the server answers, `close` what is open. */
export type Effect = "none" | "open" | "retry" | "check" | "close";

export interface Transition {
  readonly to: State;
  readonly effect: Effect;
}
