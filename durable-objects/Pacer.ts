/**
 * Runs an action at once, and again after a pause when it was asked for meanwhile: the first of a burst is not delayed,
 * the rest of the burst is merged.
 */
export class Pacer {
  readonly #act: () => void;
  readonly #pauseMs: () => number;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #asked = false;

  /** @param pauseMs How long to wait before the next run, in milliseconds; asked after each run. */
  constructor(act: () => void, pauseMs: () => number) {
    this.#act = act;
    this.#pauseMs = pauseMs;
  }

  /** Asks for a run. */
  ask(): void {
    if (this.#timer !== null) {
      this.#asked = true;
      return;
    }
    this.#run();
  }

  /** Forgets what was asked for, and its timer. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#asked = false;
  }

  #run(): void {
    this.#asked = false;
    // The timer first: the action may stop the pacer.
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#asked) this.#run();
    }, this.#pauseMs());
    this.#act();
  }
}
