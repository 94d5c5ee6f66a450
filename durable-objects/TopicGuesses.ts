/** Topics that a reader may try and not find, and how long it takes until another may be tried. */
const MOST = 30;
const REFILL_MS = 2_000;

/**
 * Bounds how many hubs somebody wakes by asking for what is not theirs: each wrong topic uses a guess up, a right one
 * gives it back. What is being tried already, or could not be asked when it was, costs nothing more.
 */
export class TopicGuesses {
  readonly #trying = new Set<string>();
  #spent = 0;
  #spentAt = 0;

  /** Takes a guess for a topic; answers whether there was one left. `now` in milliseconds since 1970. */
  take(topic: string, now: number): boolean {
    if (this.#trying.has(topic)) return true;
    this.#spent = Math.max(0, this.#spent - (now - this.#spentAt) / REFILL_MS);
    this.#spentAt = now;
    if (this.#spent >= MOST) return false;
    this.#spent++;
    this.#trying.add(topic);
    return true;
  }

  /** Hears that a topic that was tried is theirs, or is not. Nobody need say so of one that could not be asked. */
  settle(topic: string, wasRight: boolean): void {
    if (this.#trying.delete(topic) && wasRight) this.#spent = Math.max(0, this.#spent - 1);
  }
}
