import type { ChangeStream, ChangeStreamDocument, Db } from "mongodb";

/** The changes of a database as events, for a test that posts them to the hook in the order that it likes. */
export class ChangeTap {
  readonly #stream: ChangeStream;

  private constructor(stream: ChangeStream) {
    this.#stream = stream;
  }

  /** Begins to listen: what is written from now on can be taken. */
  static async open(db: Db): Promise<ChangeTap> {
    const stream = db.watch([], { fullDocument: "updateLookup", maxAwaitTimeMS: 20 });
    // Opens the cursor; before that, nothing is listened to.
    await stream.tryNext();
    return new ChangeTap(stream);
  }

  /** The next events, in the order of the database; waits for them. */
  async take(count: number): Promise<ChangeStreamDocument[]> {
    const events: ChangeStreamDocument[] = [];
    while (events.length < count) events.push(await this.#stream.next());
    return events;
  }

  /** Lets go of what has not been taken. */
  async skip(): Promise<void> {
    while (await this.#stream.tryNext()) continue;
  }

  async close(): Promise<void> {
    await this.#stream.close();
  }
}
