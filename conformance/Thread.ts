/** A line of operations that run beside the test, one after the other. */
export class Thread {
  #work: Promise<void> = Promise.resolve();

  /** Runs something after what was given before. */
  run(step: () => Promise<void>): void {
    this.#work = this.#work.then(step);
    // The test asks for the outcome later, in `finish`.
    this.#work.catch(() => undefined);
  }

  /** Resolves when everything has run, rejects with the first failure. */
  finish(): Promise<void> {
    return this.#work;
  }
}
