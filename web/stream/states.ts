/**
 * What a stream is doing, in the words a page can show.
 *
 * `idle` not started or closed · `connecting` first connection · `live` caught up · `reconnecting` lost, coming back ·
 * `offline` the device has no network · `paused` nobody looks at this page · `signed-out` waits for a sign-in ·
 * `revoked` the right to watch was taken away · `deleted` the document was deleted · `gone` there is nothing here for us
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
  "deleted",
  "gone",
] as const;

export type State = (typeof STATES)[number];

/** What can happen to a stream. */
export const EVENTS = [
  /** The page wants it. */
  "start",
  /** The server said `live`. */
  "caught-up",
  /** The connection ended or fell silent, and may be opened again. */
  "dropped",
  /** The browser says that the device has no network. */
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
  /** `removed`: the document was deleted. The connection stays. */
  "removed",
  /** The document has a value (again). */
  "restored",
  /** The user signed in, or asked to try now. */
  "resume",
  /** The page does not want it any more. */
  "stop",
] as const;

export type Event = (typeof EVENTS)[number];

/** What to do on the way: `open` now, `retry` after a back-off, `close` what is open. */
export type Effect = "none" | "open" | "retry" | "close";

export interface Transition {
  readonly to: State;
  readonly effect: Effect;
}
