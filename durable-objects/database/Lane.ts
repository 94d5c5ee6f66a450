import { OverdueError } from "./databaseErrors.ts";

/** Lets so many pieces of work run at a time; the others wait for their turn. */
export class Lane {
  readonly #width: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(width: number) {
    this.#width = width;
  }

  /** Whether nothing runs, so that nothing waits either. */
  get isEmpty(): boolean {
    return this.#running === 0;
  }

  /**
   * Runs work when it is its turn. @param isWanted Whether anybody waits for it still.
   * @throws OverdueError when by then nobody does.
   */
  async run<T>(work: () => Promise<T>, isWanted: () => boolean): Promise<T> {
    await this.#turn();
    try {
      if (!isWanted()) throw new OverdueError("Its turn never came");
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #turn(): Promise<void> {
    if (this.#running < this.#width) {
      this.#running++;
      return;
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Whoever is next takes the place over. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running--;
  }
}
