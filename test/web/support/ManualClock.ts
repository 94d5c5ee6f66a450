import type { Cancel, Clock } from "../../../web/stream/clock.ts";

interface Job {
  readonly at: number;
  readonly run: () => void;
}

/** Time that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now = Date.UTC(2026, 10, 20);
  readonly #jobs = new Set<Job>();

  readonly now = (): number => this.#now;

  readonly after = (milliseconds: number, run: () => void): Cancel => {
    const job: Job = { at: this.#now + milliseconds, run };
    this.#jobs.add(job);
    return () => void this.#jobs.delete(job);
  };

  /** How many jobs are waiting. */
  get waiting(): number {
    return this.#jobs.size;
  }

  /** Moves time on, running what comes due in order. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (let next = this.#nextBefore(end); next; next = this.#nextBefore(end)) {
      this.#jobs.delete(next);
      this.#now = next.at;
      next.run();
    }
    this.#now = end;
  }

  #nextBefore(end: number): Job | undefined {
    return [...this.#jobs].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
  }
}
