import { type Db, MongoClient, type MongoClientOptions } from "mongodb";

import { type Answer, refused } from "../../protocol/answer.ts";
import { describeError, logLine } from "../../protocol/logLine.ts";
import {
  isConflict,
  isHopeless,
  isUnavailable,
  mayBeSentAgain,
  OverdueError,
  saysSendAgain,
} from "./databaseErrors.ts";
import { LongReads } from "./LongReads.ts";

/** What every query works with. */
export interface OpenDatabase {
  readonly client: MongoClient;
  readonly db: Db;
  /** How often an answer was lost on this client so far, and the driver may have asked again. */
  readonly failures: () => number;
}

/** What an app's own queries work with. */
interface DatabaseApp<Store extends OpenDatabase> {
  /** A connection string; without the name of a database it is `mealcast`. */
  readonly uri: string;
  /** What the app's queries work with. */
  open(database: OpenDatabase): Store;
  /** Runs once before the first query, and again after it failed. */
  prepare(store: Store): Promise<void>;
}

/** A Worker may hold six outgoing connections: one monitor for each of three members, and these. */
const CONNECTIONS = 3;

const OPTIONS: MongoClientOptions = {
  appName: "mealcast",
  monitorCommands: true,
  maxPoolSize: CONNECTIONS,
  // The streaming monitor would hold a second connection for each member.
  serverMonitoringMode: "poll",
  serverSelectionTimeoutMS: 3_000,
  connectTimeoutMS: 3_000,
  socketTimeoutMS: 10_000,
  writeConcern: { w: "majority" },
  // Documents typed by hand may hold what JavaScript refuses to read.
  bsonRegExp: true,
  enableUtf8Validation: false,
};

/** All in milliseconds. */
interface Limits {
  /** How long a connection is kept without a query. */
  readonly idle: number;
  /** How long a query may take. The driver alone would retry a transaction for two minutes. */
  readonly query: number;
}

const LIMITS: Limits = { idle: 30_000, query: 10_000 };
const DEFAULT_DATABASE = "mealcast";
const DATABASE_IN_URI = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/;

/**
 * The one client of a `Database` object: opened by the first query, closed when none has run for a while. Sockets
 * and timers keep an object alive and billed, so an idle object holds neither.
 */
export class DatabaseClient<Store extends OpenDatabase> {
  readonly #app: DatabaseApp<Store>;
  readonly #limits: Limits;
  #store: Promise<Store> | null = null;
  #running = 0;
  #idle: ReturnType<typeof setTimeout> | null = null;
  #isPrepared = false;
  /** What reads much leaves a connection to all that is quick. */
  readonly #long = new LongReads(CONNECTIONS - 1);

  constructor(app: DatabaseApp<Store>, limits: Limits = LIMITS) {
    this.#app = app;
    this.#limits = limits;
  }

  /**
   * Runs a query and answers for whatever goes wrong: errors don't cross RPC whole. One that takes too long is given up,
   * and costs nobody else the client.
   */
  run<T>(operation: string, query: (store: Store) => Promise<Answer<T>>): Promise<Answer<T>> {
    return this.#answer(operation, query);
  }

  /** The same for a query that may read megabytes: few of them run at a time, and of one reader one. */
  runLong<T>(
    operation: string,
    reader: string,
    query: (store: Store) => Promise<Answer<T>>,
  ): Promise<Answer<T>> {
    const givenUpAt = Date.now() + this.#limits.query;
    return this.#answer(operation, (store) =>
      this.#long.run(
        reader,
        () => query(store),
        () => Date.now() < givenUpAt,
      ),
    );
  }

  async #answer<T>(operation: string, query: (store: Store) => Promise<Answer<T>>): Promise<Answer<T>> {
    const opening = this.#begin();
    try {
      const store = await opening;
      return await inTime(query(store), this.#limits.query);
    } catch (error) {
      if (isHopeless(error)) this.#forget(opening);
      return refusalOf(operation, error);
    } finally {
      this.#end();
    }
  }

  #begin(): Promise<Store> {
    this.#running += 1;
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
    this.#store ??= this.#keep(this.#open());
    return this.#store;
  }

  /** A failed opening is not kept, so that the next query tries again. Who waits for it hears of the failure itself. */
  #keep(opening: Promise<Store>): Promise<Store> {
    opening.catch(() => {
      if (this.#store === opening) this.#store = null;
    });
    return opening;
  }

  #end(): void {
    this.#running -= 1;
    if (this.#running > 0 || this.#store === null) return;
    const store = this.#store;
    this.#idle = setTimeout(() => this.#forget(store), this.#limits.idle);
  }

  async #open(): Promise<Store> {
    const { uri } = this.#app;
    const client = clientOf(uri);
    let failures = 0;
    client.on("commandFailed", ({ failure }) => {
      if (mayBeSentAgain(failure)) failures++;
    });
    // Done, and yet sent again: what went wrong was the waiting for the other members.
    client.on("commandSucceeded", ({ reply }) => {
      if (saysSendAgain(reply)) failures++;
    });
    try {
      await client.connect();
      const store = this.#app.open({ client, db: client.db(databaseIn(uri)), failures: () => failures });
      if (!this.#isPrepared) await this.#app.prepare(store);
      this.#isPrepared = true;
      return store;
    } catch (error) {
      await close(client);
      throw error;
    }
  }

  /** Lets go of a client; the next query opens another. */
  #forget(store: Promise<Store>): void {
    if (this.#store !== store) return;
    this.#store = null;
    void store.then(({ client }) => close(client));
  }
}

async function inTime<T>(work: Promise<T>, limitMs: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new OverdueError(`No answer within ${limitMs} ms`)), limitMs);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The driver's own error would quote the string, and with it the password. */
function clientOf(uri: string): MongoClient {
  try {
    return new MongoClient(uri, OPTIONS);
  } catch {
    throw new Error("MONGODB_URI is not a connection string that the driver can use");
  }
}

async function close(client: MongoClient): Promise<void> {
  try {
    await client.close();
  } catch (error) {
    logLine("warn", "database-close-failed", describeError(error));
  }
}

function databaseIn(uri: string): string {
  return DATABASE_IN_URI.exec(uri)?.[1] ?? DEFAULT_DATABASE;
}

function refusalOf(operation: string, error: unknown): Answer<never> {
  if (isUnavailable(error)) {
    // Without the stack: an outage writes this line for every request.
    const { stack: _, ...brief } = describeError(error);
    logLine("warn", "database-unavailable", { operation, ...brief });
    return refused("database-unavailable");
  }
  if (isConflict(error)) {
    logLine("warn", "database-conflict", { operation, ...describeError(error) });
    return refused("conflict");
  }
  logLine("error", "database-failed", { operation, ...describeError(error) });
  return refused("internal");
}
