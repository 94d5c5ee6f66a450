import type { DatabaseSync, StatementSync } from "node:sqlite";
import { type Time, TIME_ZERO } from "./clusterTime.ts";
import { encodeContent, type OplogContent, type OplogEntry, toOplogEntry } from "./OplogEntry.ts";
import { RecentEntries } from "./RecentEntries.ts";
import { endOf, type OplogPlace } from "./resumeToken.ts";

/** Everything that happened, in order, for as long as it is kept. Written in the transaction of the change itself. */
export class Oplog {
  readonly #append: StatementSync;
  readonly #after: StatementSync;
  readonly #latest: StatementSync;
  readonly #lastBefore: StatementSync;
  readonly #prune: StatementSync;
  readonly #floor: StatementSync;
  readonly #setFloor: StatementSync;
  readonly #waiting = new Set<() => void>();
  readonly #recent: RecentEntries;

  constructor(database: DatabaseSync) {
    this.#append = database.prepare("INSERT INTO oplog (time, position, entry) VALUES (?, ?, ?)");
    this.#after = database.prepare(
      `SELECT time, position, entry FROM oplog WHERE (time, position) > (?, ?)
       ORDER BY time, position LIMIT ?`,
    );
    this.#latest = database.prepare("SELECT max(time) AS time FROM oplog");
    this.#lastBefore = database.prepare(
      "SELECT max(time) AS time FROM oplog WHERE time < ? AND time < (SELECT max(time) FROM oplog)",
    );
    this.#prune = database.prepare("DELETE FROM oplog WHERE time <= ?");
    this.#floor = database.prepare("SELECT value FROM meta WHERE name = 'oplogFloor'");
    this.#setFloor = database.prepare("INSERT OR REPLACE INTO meta (name, value) VALUES ('oplogFloor', ?)");
    this.#recent = new RecentEntries(endOf(this.latest()));
  }

  append(time: Time, position: number, content: OplogContent): void {
    this.#append.run(time, position, encodeContent(content));
  }

  /** What happened after a place, oldest first. */
  after(place: OplogPlace, limit: number): readonly OplogEntry[] {
    return this.#recent.after(place, limit) ?? this.#read(place, limit);
  }

  /** The time of the last change. */
  latest(): Time {
    const time = this.#latest.get()?.["time"];
    return typeof time === "string" ? time : TIME_ZERO;
  }

  /** Changes up to this time may be missing: no stream can begin before it. */
  floor(): Time {
    const time = this.#floor.get()?.["value"];
    return typeof time === "string" ? time : TIME_ZERO;
  }

  /** Says that the oplog begins here. */
  beginAt(time: Time): void {
    this.#setFloor.run(time);
  }

  /** Forgets the changes before a time; the very last one is always kept, for its time. */
  prune(before: Time): void {
    const last = this.#lastBefore.get(before)?.["time"];
    if (typeof last !== "string") return;
    this.#prune.run(last);
    this.#setFloor.run(last);
  }

  /** Wakes those who wait: to be called once changes are committed. */
  announce(): void {
    this.#recent.add(this.#read(this.#recent.end, Number.MAX_SAFE_INTEGER));
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  #read(place: OplogPlace, limit: number): readonly OplogEntry[] {
    return this.#after.all(place.time, place.position, limit).map(toOplogEntry);
  }

  /** Calls back once, at the next change; the answer takes that back. */
  onNextChange(wake: () => void): () => void {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  }
}
