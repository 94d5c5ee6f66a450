import type { MongoClient } from "mongodb";
import type { Entities } from "../Entities.ts";
import type { Operation } from "../testFile.ts";

/** What the operations of the runner itself work with. */
export interface RunnerContext {
  readonly entities: Entities;
  /** Where the server under test is. */
  readonly uri: string;
  /** A client of the runner's own, which no test observes. */
  readonly internal: MongoClient;
  /** Runs one more operation, as `withTransaction` and threads do. */
  readonly run: (operation: Operation) => Promise<void>;
  /** To be done when the test is over, whatever became of it. */
  readonly afterwards: (() => Promise<unknown>)[];
}
