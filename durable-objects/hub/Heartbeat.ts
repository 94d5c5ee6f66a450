/** The one repeating timer of a hub. Starting it twice or stopping it twice is harmless. */
export class Heartbeat {
  readonly #periodMs: number;
  readonly #tick: () => void;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(periodMs: number, tick: () => void) {
    this.#periodMs = periodMs;
    this.#tick = tick;
  }

  get isRunning(): boolean {
    return this.#timer !== null;
  }

  /** Ticks from now on, a period from now first. */
  start(): void {
    this.#timer ??= setInterval(this.#tick, this.#periodMs);
  }

  /** Ticks no more. A forgotten timer would keep the object alive, and billed. */
  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}
