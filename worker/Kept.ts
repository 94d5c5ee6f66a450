/** A value that is asked for again only when it has grown old. */
export class Kept<T> {
  readonly #keepMs: number;
  /** The value alone, not its promise: a request may not wait for another one's. */
  #last: { readonly value: T; readonly at: number } | null = null;

  /** @param keepMs How old it may become. */
  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }

  /** What is kept, or else what `read` answers. @param now in milliseconds since 1970. */
  async get(now: number, read: () => Promise<T>): Promise<T> {
    if (!this.#last || now - this.#last.at >= this.#keepMs) this.#last = { value: await read(), at: now };
    return this.#last.value;
  }
}
