import { DELAY_BOUNDS } from "../../protocol/delayBounds.ts";
import type { CounterName, Counts } from "../../protocol/counters.ts";

/** Counts what happened since it was last taken. */
export class Counters {
  #counts: Counts = {};

  /** Adds to a counter. */
  add(name: CounterName, count = 1): void {
    this.#counts[name] = (this.#counts[name] ?? 0) + count;
  }

  /** Notes how long an update was under way until it was handed over, for so many subscribers. */
  addDelay(delayMs: number, deliveries: number): void {
    // The database's clock and ours may disagree: a negative delay is no delay.
    const seconds = Math.max(0, delayMs / 1000);
    const bound = DELAY_BOUNDS.find((limit) => seconds <= limit) ?? "+Inf";
    this.add(`delay:${bound}`, deliveries);
    this.add("delaySum", seconds * deliveries);
  }

  get isEmpty(): boolean {
    return Object.keys(this.#counts).length === 0;
  }

  /** Hands over what was counted and starts again from nothing. */
  take(): Counts {
    const counts = this.#counts;
    this.#counts = {};
    return counts;
  }

  /** Puts back what could not be delivered. */
  putBack(counts: Counts): void {
    for (const [name, count] of Object.entries(counts)) this.add(name as CounterName, count);
  }
}
