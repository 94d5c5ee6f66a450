import { DELAY_BOUNDS } from "../../protocol/delayBounds.ts";
import type { CloseReason } from "./Subscriber.ts";

/** What a hub counts. A closing is counted as `closed:<reason>`, a delay under the bound that it stays within. */
export type CounterName =
  | "published"
  | "repeats"
  | "stale"
  | "healed"
  | "joined"
  | "resumed"
  | "reset"
  | "conflated"
  | "mismatched"
  | "refused"
  | "delivered"
  | "delaySum"
  | `closed:${CloseReason}`
  | `delay:${(typeof DELAY_BOUNDS)[number] | "+Inf"}`;

/** Counts by name. A name that never happened is absent. */
export type Counts = Partial<Record<CounterName, number>>;

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
