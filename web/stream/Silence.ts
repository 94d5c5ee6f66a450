import { idle, type Cancel, type Clock } from "./clock.ts";
import type { State } from "./states.ts";

/**
 * Whoever was not heard for so long is doubted. It does not depend on the heartbeat: how long people believe an old
 * picture is theirs to say, not the server's.
 */
export const DOUBT_MS = 25_000;

const TICK_MS = 1_000;

/** States in which something should be heard. */
const COUNTED: ReadonlySet<State> = new Set<State>(["connecting", "live", "reconnecting", "offline"]);

/** Counts for how long nothing was heard of a server that should be heard. */
export class Silence {
  readonly #clock: Clock;
  readonly #onChange: (seconds: number | null) => void;
  #heardAt: number | null = null;
  #isCounted = false;
  #shown: number | null = null;
  #cancel: Cancel = idle;

  /** @param onChange gets the whole seconds of a silence that is long enough to doubt, `null` when it is over. */
  constructor(clock: Clock, onChange: (seconds: number | null) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** The server was heard at that time (milliseconds since 1970). */
  heard(at: number | null): void {
    this.#heardAt = at;
    this.#count();
  }

  /** The stream is in that state now. */
  follow(state: State): void {
    this.#isCounted = COUNTED.has(state);
    this.#count();
  }

  stop(): void {
    this.#cancel();
    this.#cancel = idle;
  }

  #count(): void {
    this.stop();
    if (!this.#isCounted || this.#heardAt === null) return this.#show(null);
    const now = this.#clock.now();
    // A clock that was set back must not make an old picture young.
    this.#heardAt = Math.min(this.#heardAt, now);
    const silentMs = now - this.#heardAt;
    const isDoubted = silentMs >= DOUBT_MS;
    this.#show(isDoubted ? Math.floor(silentMs / TICK_MS) : null);
    const restMs = isDoubted ? TICK_MS - (silentMs % TICK_MS) : DOUBT_MS - silentMs;
    this.#cancel = this.#clock.after(restMs, () => this.#count());
  }

  #show(seconds: number | null): void {
    if (seconds === this.#shown) return;
    this.#shown = seconds;
    this.#onChange(seconds);
  }
}
