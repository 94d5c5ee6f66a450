import { CommandError } from "../errors/CommandError.ts";
import type { Time } from "../oplog/clusterTime.ts";
import type { CollectionInfo } from "../storage/collectionInfo.ts";
import { DirectWriter } from "../storage/DirectWriter.ts";
import type { Store } from "../storage/Store.ts";
import { type Present, Transaction, type TransactionName, writeConflict } from "./Transaction.ts";
import type { WriteLocks } from "./WriteLocks.ts";

type Ended = { readonly state: "committed"; readonly time: Time } | { readonly state: "aborted" };

interface Entry {
  readonly number: number;
  readonly startedAt: number;
  readonly state: { readonly state: "open"; readonly transaction: Transaction } | Ended;
}

/** As the real server's `transactionLifetimeLimitSeconds`. */
const LIFETIME_MS = 60_000;
const KEPT_MS = 30 * 60_000;

/** The latest transaction of each session. */
export class Transactions {
  readonly #store: Store;
  readonly #locks: WriteLocks;
  readonly #sessions = new Map<string, Entry>();

  constructor(store: Store, locks: WriteLocks) {
    this.#store = store;
    this.#locks = locks;
  }

  /** Begins the transaction of that number; an older one of the session is aborted. */
  start(session: string, number: number, snapshot: Time): Transaction {
    const latest = this.#sessions.get(session);
    if (latest !== undefined && number < latest.number) throw tooOld(number, latest.number);
    if (latest?.number === number && latest.state.state !== "aborted") {
      throw new CommandError("ConflictingUpdateOperators", `transaction ${number} has already started`);
    }
    this.#end(session, { state: "aborted" });
    const transaction = new Transaction(this.#store, this.#locks, snapshot);
    const state = { state: "open", transaction } as const;
    this.#sessions.set(session, { number, startedAt: this.#store.now(), state });
    return transaction;
  }

  /** The open transaction of that number; throws `NoSuchTransaction` or `TransactionCommitted`. */
  find(session: string, number: number): Transaction {
    const entry = this.#entryOf(session, number);
    if (entry.state.state === "open") return entry.state.transaction;
    if (entry.state.state === "committed") {
      throw new CommandError("TransactionCommitted", `Transaction ${number} has been committed.`);
    }
    throw noSuchTransaction(number, "it has been aborted");
  }

  /** Makes the changes of a transaction the present, all at one time; a second time it says the same again. */
  commit(session: string, number: number, name: TransactionName): void {
    const entry = this.#entryOf(session, number);
    if (entry.state.state === "committed") return;
    if (entry.state.state === "aborted") throw noSuchTransaction(number, "it has been aborted");
    const { transaction } = entry.state;
    try {
      const time =
        transaction.replays.length === 0 ? this.#store.clock.latest : this.#apply(transaction, name);
      this.#end(session, { state: "committed", time });
    } catch (error) {
      this.#end(session, { state: "aborted" });
      throw error;
    }
  }

  abort(session: string, number: number): void {
    const entry = this.#entryOf(session, number);
    if (entry.state.state === "committed") {
      throw new CommandError("TransactionCommitted", `Transaction ${number} has been committed.`);
    }
    if (entry.state.state === "aborted") throw noSuchTransaction(number, "it has been aborted");
    this.#end(session, { state: "aborted" });
  }

  /** Aborts the transaction of that number if it is still open. */
  abortIfOpen(session: string, number: number): void {
    if (this.#sessions.get(session)?.number === number) this.#end(session, { state: "aborted" });
  }

  /** Aborts what the session has open, when it ends. */
  endSession(session: string): void {
    this.#end(session, { state: "aborted" });
    this.#sessions.delete(session);
  }

  /** Aborts transactions that nobody finished in time, and forgets those long over. */
  sweep(): void {
    const now = this.#store.now();
    for (const [session, entry] of this.#sessions) {
      if (now - entry.startedAt > LIFETIME_MS) this.#end(session, { state: "aborted" });
      if (now - entry.startedAt > KEPT_MS) this.#sessions.delete(session);
    }
  }

  #apply(transaction: Transaction, name: TransactionName): Time {
    const time = this.#store.clock.next();
    let position = 0;
    const writer = new DirectWriter(this.#store, () => ({ time, position: position++, transaction: name }));
    const present: Present = {
      writer,
      collection: (known) => this.#actual(known),
      document: (collection, key) => this.#store.documents.get(collection.id, key) ?? conflict(),
    };
    // Its locks are its own, and must not stop it.
    for (const replay of transaction.replays) replay(present);
    return time;
  }

  #actual(known: CollectionInfo): CollectionInfo {
    const actual = this.#store.catalog.find(known.database, known.name) ?? conflict();
    // Another one may have taken the name.
    return known.id > 0 && known.id !== actual.id ? conflict() : actual;
  }

  #entryOf(session: string, number: number): Entry {
    const entry = this.#sessions.get(session);
    if (entry === undefined || number > entry.number) throw noSuchTransaction(number, "it was never started");
    if (number < entry.number) throw tooOld(number, entry.number);
    return entry;
  }

  #end(session: string, state: Ended): void {
    const entry = this.#sessions.get(session);
    if (entry?.state.state !== "open") return;
    this.#sessions.set(session, { ...entry, state });
    this.#locks.release(entry.state.transaction);
  }
}

function conflict(): never {
  throw writeConflict();
}

function noSuchTransaction(number: number, why: string): CommandError {
  return new CommandError("NoSuchTransaction", `Transaction ${number} cannot be continued: ${why}.`, {
    labels: ["TransientTransactionError"],
  });
}

function tooOld(number: number, latest: number): CommandError {
  return new CommandError(
    "TransactionTooOld",
    `Cannot use transaction ${number}: the session has already begun ${latest}.`,
  );
}
