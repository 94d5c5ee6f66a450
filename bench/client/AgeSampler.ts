const PERIOD_MS = 5;
const BUCKETS = 20_000;

/**
 * How old what each client shows is, looked at every 5 ms: the time since the shown change was sent. Computed when the
 * next change arrives, so that a client too busy to look is not a client that shows nothing old.
 */
export class AgeSampler {
  readonly #shown: Float64Array;
  readonly #next: Float64Array;
  readonly #ages = Array.from({ length: BUCKETS }, () => 0);

  constructor(clients: number) {
    this.#shown = new Float64Array(clients);
    this.#next = new Float64Array(clients);
  }

  /** Notes that a client shows a change that was sent at `sentAt`; both in milliseconds of the shared clock. */
  show(client: number, sentAt: number, at: number): void {
    this.#lookUntil(client, at);
    // A client is looked at from its first change on.
    if (this.#shown[client] === 0) this.#next[client] = at;
    this.#shown[client] = sentAt;
  }

  /** Looks at everybody for the last time. Answers counts by age in whole milliseconds. */
  finish(at: number): number[] {
    for (let client = 0; client < this.#shown.length; client++) this.#lookUntil(client, at);
    return this.#ages;
  }

  #lookUntil(client: number, at: number): void {
    const shown = this.#shown[client] ?? 0;
    if (shown === 0) return;
    let moment = this.#next[client] ?? at;
    for (; moment < at; moment += PERIOD_MS) {
      const bucket = Math.min(BUCKETS - 1, Math.max(0, Math.floor(moment - shown)));
      this.#ages[bucket] = (this.#ages[bucket] ?? 0) + 1;
    }
    this.#next[client] = moment;
  }
}
