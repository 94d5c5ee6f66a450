import { Lane } from "./Lane.ts";

/**
 * Lets few long reads run at a time, and of one reader one: however many somebody asks for, the others' turn comes soon.
 */
export class LongReads {
  readonly #all: Lane;
  readonly #own = new Map<string, Lane>();

  /** @param atOnce How many of different readers run at a time. */
  constructor(atOnce: number) {
    this.#all = new Lane(atOnce);
  }

  /** Runs a read when it is its turn. @throws OverdueError when by then nobody waits for it. */
  async run<T>(reader: string, read: () => Promise<T>, isWanted: () => boolean): Promise<T> {
    const own = this.#own.get(reader) ?? new Lane(1);
    this.#own.set(reader, own);
    try {
      return await own.run(() => this.#all.run(read, isWanted), isWanted);
    } finally {
      if (own.isEmpty) this.#own.delete(reader);
    }
  }
}
