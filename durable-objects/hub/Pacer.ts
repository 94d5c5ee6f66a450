interface PacerOptions {
  readonly act: () => Promise<void> | void;
  /** How long to wait before the next run, in milliseconds, after one that took so many. */
  readonly pauseMs: (tookMs: number) => number;
  readonly now: () => number;
}

/**
 * Runs an action at once, and again after a pause when it was asked for meanwhile: the first of a burst is not delayed,
 * the rest of the burst is merged.
 */
export class Pacer {
  readonly #options: PacerOptions;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isRunning = false;
  #isAsked = false;
  #isStopped = false;

  constructor(options: PacerOptions) {
    this.#options = options;
  }

  /** Asks for a run. */
  ask(): void {
    this.#isStopped = false;
    if (this.#isRunning || this.#timer !== null) this.#isAsked = true;
    else void this.#run();
  }

  /** Forgets what was asked for, and its timer. A run that is under way ends by itself. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#isAsked = false;
    this.#isStopped = true;
  }

  async #run(): Promise<void> {
    const { act, pauseMs, now } = this.#options;
    this.#isAsked = false;
    this.#isRunning = true;
    const startedAt = now();
    try {
      await act();
    } finally {
      this.#isRunning = false;
      if (!this.#isStopped) this.#timer = setTimeout(() => this.#paused(), pauseMs(now() - startedAt));
    }
  }

  #paused(): void {
    this.#timer = null;
    if (this.#isAsked) void this.#run();
  }
}
