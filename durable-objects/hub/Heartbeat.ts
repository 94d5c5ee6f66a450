/** How long after a beat its echo comes: longer than the way to a client and back. */
const ECHO_AFTER_MS = 1000;

interface HeartbeatOptions {
  readonly periodMs: number;
  readonly beat: () => void;
  /** Called once after each beat. */
  readonly echo: () => void;
}

/** The one repeating timer of a hub. Starting it twice or stopping it twice is harmless. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #timer: ReturnType<typeof setInterval> | null = null;
  #echoing: ReturnType<typeof setTimeout> | null = null;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#timer !== null;
  }

  /** Beats from now on, a period from now first. */
  start(): void {
    this.#timer ??= setInterval(() => this.#tick(), this.#options.periodMs);
  }

  /** Beats no more. A forgotten timer would keep the object alive, and billed. */
  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    if (this.#echoing !== null) clearTimeout(this.#echoing);
    this.#timer = null;
    this.#echoing = null;
  }

  #tick(): void {
    const { periodMs, beat, echo } = this.#options;
    // The beat may stop it.
    this.#echoing = setTimeout(echo, Math.min(ECHO_AFTER_MS, periodMs / 2));
    beat();
  }
}
