import type { BsonDocument } from "../bson/BsonDocument.ts";
import type { Now } from "../oplog/ClusterClock.ts";

/** A session that clients have used. */
export interface KnownSession {
  /** In hexadecimal. */
  readonly id: string;
  readonly lsid: BsonDocument;
  /** Milliseconds since 1970. */
  readonly lastUse: number;
}

/** As the `logicalSessionTimeoutMinutes` that clients are told. */
const LIFETIME_MS = 30 * 60_000;

/** The sessions that clients have used and not ended. */
export class Sessions {
  readonly #now: Now;
  readonly #known = new Map<string, KnownSession>();

  constructor(now: Now) {
    this.#now = now;
  }

  /** A command has come in this session. */
  note(id: string, lsid: BsonDocument): void {
    this.#known.set(id, { id, lsid, lastUse: this.#now() });
  }

  forget(id: string): void {
    this.#known.delete(id);
  }

  all(): readonly KnownSession[] {
    return [...this.#known.values()];
  }

  /** Forgets those that nobody has used for half an hour, and gives them. */
  sweep(): readonly KnownSession[] {
    const limit = this.#now() - LIFETIME_MS;
    const old = this.all().filter(({ lastUse }) => lastUse < limit);
    for (const { id } of old) this.forget(id);
    return old;
  }
}
