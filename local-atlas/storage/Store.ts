import type { DatabaseSync } from "node:sqlite";
import { ClusterClock, type Now } from "../oplog/ClusterClock.ts";
import { before as beforeTime, formatTime, type Time, TIME_ZERO } from "../oplog/clusterTime.ts";
import { Oplog } from "../oplog/Oplog.ts";
import { Catalog } from "./Catalog.ts";
import { Documents } from "./Documents.ts";
import { withOplog } from "./oplogCollection.ts";
import { openDatabaseFile } from "./openDatabaseFile.ts";
import { currentView, type ReadView, viewAt } from "./ReadView.ts";

/** The database file and what is in it. Changes are made inside `change` only. */
export class Store {
  readonly catalog: Catalog;
  readonly documents: Documents;
  readonly oplog: Oplog;
  readonly clock: ClusterClock;
  readonly now: Now;
  readonly #database: DatabaseSync;

  constructor(folder: string | null, now: Now) {
    this.#database = openDatabaseFile(folder);
    this.catalog = new Catalog(this.#database);
    this.documents = new Documents(this.#database);
    this.oplog = new Oplog(this.#database);
    this.clock = new ClusterClock(now, this.oplog.latest());
    this.now = now;
    if (this.oplog.latest() === TIME_ZERO) this.#begin();
  }

  /** The file itself, for the tables that others keep in it. */
  get file(): DatabaseSync {
    return this.#database;
  }

  /** The present. */
  get current(): ReadView {
    return withOplog(currentView(this.catalog, this.documents), this.oplog);
  }

  /** Everything as it was at a time. */
  at(time: Time): ReadView {
    return viewAt(this.catalog, this.documents, time);
  }

  /** The earliest time that `at` can still show. */
  earliestSnapshot(): Time {
    const value = this.#database.prepare("SELECT value FROM meta WHERE name = 'historyFloor'").get()?.[
      "value"
    ];
    return typeof value === "string" ? value : this.oplog.floor();
  }

  /**
   * Does some work as a whole: when it throws, none of it happened and no time has passed; when it returns, all of
   * it is on disk. A time that was given out is in the oplog, with a change or with nothing: what an answer names must
   * still be the past after a restart.
   */
  change<T>(work: () => T): T {
    const before = this.clock.latest;
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      if (this.clock.latest > this.oplog.latest()) this.#noop(this.clock.latest);
      this.#database.exec("COMMIT");
      if (this.clock.latest !== before) this.oplog.announce();
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      this.catalog.forget();
      this.clock.rewindTo(before);
      throw error;
    }
  }

  /** Does a part of a change that may fail on its own: when it throws, that part did not happen. */
  attempt<T>(work: () => T): T {
    const before = this.clock.latest;
    this.#database.exec("SAVEPOINT attempt");
    try {
      const result = work();
      this.#database.exec("RELEASE attempt");
      return result;
    } catch (error) {
      this.#database.exec("ROLLBACK TO attempt; RELEASE attempt");
      this.catalog.forget();
      this.clock.rewindTo(before);
      throw error;
    }
  }

  /** Lets time pass without a change, as the real server does when somebody asks for a time to come. */
  passTime(): void {
    this.change(() => this.clock.next());
  }

  /**
   * Forgets old versions (`history`) and old changes (`oplog`) up to two times, in seconds since 1970. The present can
   * always be read, and a stream that has seen everything can always go on, however long nothing happened.
   */
  forgetBefore(historySeconds: number, oplogSeconds: number): void {
    this.change(() => {
      const latest = this.clock.latest;
      const wanted = formatTime(Math.max(0, historySeconds), 0);
      const time = wanted < latest ? wanted : latest;
      this.#database.prepare("DELETE FROM history WHERE until <= ?").run(time);
      this.#database.prepare("DELETE FROM collections WHERE dropped <= ?").run(time);
      this.#database.prepare("DELETE FROM former_names WHERE until <= ?").run(time);
      if (time > this.earliestSnapshot()) {
        this.#database
          .prepare("INSERT OR REPLACE INTO meta (name, value) VALUES ('historyFloor', ?)")
          .run(time);
      }
      this.oplog.prune(formatTime(Math.max(0, oplogSeconds), 0));
    });
  }

  close(): void {
    this.#database.close();
  }

  #begin(): void {
    this.change(() => {
      this.oplog.beginAt(beforeTime(this.clock.next()));
    });
  }

  #noop(time: Time): void {
    this.oplog.append(time, 0, {
      operation: "noop",
      database: "",
      collection: "",
      wallTime: new Date(this.now()),
    });
  }
}
