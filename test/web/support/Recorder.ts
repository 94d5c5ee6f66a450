/** Keeps what came, in order, and lets a test wait for it without a clock. */
export class Recorder<T> {
  readonly all: T[] = [];
  readonly #waiting = new Set<() => void>();

  readonly add = (value: T): void => {
    this.all.push(value);
    for (const wake of this.#waiting) wake();
  };

  get last(): T | undefined {
    return this.all.at(-1);
  }

  /** Waits until the list satisfies the condition. */
  async until(condition: (all: readonly T[]) => boolean): Promise<void> {
    if (condition(this.all)) return;
    await new Promise<void>((resolve) => {
      const check = (): void => {
        if (!condition(this.all)) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
    });
  }

  /** Waits until the last value is this one. */
  untilLast(value: T): Promise<void> {
    return this.until((all) => all.at(-1) === value);
  }
}
