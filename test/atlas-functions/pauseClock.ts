import type { Clock } from "../../trigger-runner/clock.ts";

/** A clock whose pauses take no real time. */
export interface PauseClock extends Clock {
  /** The pauses so far, in milliseconds. */
  readonly pauses: readonly number[];
  /** Lets the limit of the attempt that is under way run out. */
  expire(): void;
}

/**
 * The function sets two kinds of timers in turn: the limit of an attempt, then the pause after it. A pause ends at
 * once and moves the clock; a limit runs out only when it is told to.
 */
export function pauseClock(startMs: number, random: number): PauseClock {
  const pauses: number[] = [];
  let now = startMs;
  let timers = 0;
  let limit = { delayMs: 0, run: () => {} };

  return {
    pauses,
    now: () => now,
    random: () => random,
    setTimeout(run, delayMs) {
      timers += 1;
      if (timers % 2 === 1) {
        limit = { delayMs, run };
        return limit;
      }
      pauses.push(delayMs);
      now += delayMs;
      queueMicrotask(run);
      return run;
    },
    clearTimeout() {},
    expire() {
      now += limit.delayMs;
      limit.run();
    },
  };
}
