import { formatTime, incrementOf, secondsOf, type Time } from "./clusterTime.ts";

/** Milliseconds since 1970, by the machine's clock. */
export type Now = () => number;

/**
 * Gives out cluster times that rise strictly, even when the machine's clock goes backwards or the server restarts:
 * the last one it knows is always the floor of the next.
 */
export class ClusterClock {
  readonly #now: Now;
  #latest: Time;

  constructor(now: Now, latest: Time) {
    this.#now = now;
    this.#latest = latest;
  }

  /** The latest time that was given out or heard of. */
  get latest(): Time {
    return this.#latest;
  }

  /** A new time, later than every other. */
  next(): Time {
    const seconds = Math.floor(this.#now() / 1000);
    const last = secondsOf(this.#latest);
    this.#latest = seconds > last ? formatTime(seconds, 1) : formatTime(last, incrementOf(this.#latest) + 1);
    return this.#latest;
  }

  /** Moves on to a time that somebody else knows, as the server does with a client's `$clusterTime`. */
  advanceTo(time: Time): void {
    if (time > this.#latest) this.#latest = time;
  }

  /** Takes back the times of a write that failed, so that nothing ever waits for them. */
  rewindTo(time: Time): void {
    this.#latest = time;
  }
}
