import { idle, type Cancel, type Clock } from "../stream/clock.ts";
import type { PlanChange } from "./planChanges.ts";

/** Whoever listens to the page must also hear themselves: between two announcements there is at least this. */
export const QUIET_MS = 5_000;

/** Reads changes out, several at once when they come fast. */
export class Announcer {
  readonly #clock: Clock;
  readonly #describe: (changes: readonly PlanChange[]) => string;
  readonly #say: (text: string) => void;
  #waiting: readonly PlanChange[] = [];
  #isQuiet = true;
  #cancel: Cancel = idle;

  /** @param say gets each announcement, and nothing (`""`) after it, so that the same words are news again. */
  constructor(
    clock: Clock,
    describe: (changes: readonly PlanChange[]) => string,
    say: (text: string) => void,
  ) {
    this.#clock = clock;
    this.#describe = describe;
    this.#say = say;
  }

  /** Announces these, at once or with those that follow. */
  add(changes: readonly PlanChange[]): void {
    this.#waiting = [...this.#waiting, ...changes];
    if (this.#isQuiet && this.#waiting.length > 0) this.#announce();
  }

  stop(): void {
    this.#cancel();
    this.#waiting = [];
    this.#isQuiet = true;
  }

  #announce(): void {
    const changes = this.#waiting;
    this.#waiting = [];
    this.#isQuiet = false;
    this.#say(this.#describe(changes));
    this.#cancel = this.#clock.after(QUIET_MS, () => this.#next());
  }

  #next(): void {
    if (this.#waiting.length > 0) return this.#announce();
    this.#isQuiet = true;
    this.#say("");
  }
}
