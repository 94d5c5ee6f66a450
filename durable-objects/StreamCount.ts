interface StreamCountOptions {
  readonly storage: DurableObjectStorage;
  readonly most: number;
  /** The longest life of a stream, in milliseconds: what was opened longer ago has ended. */
  readonly streamMs: number;
  /** Asks a hub how many streams it holds open for whoever is counted. */
  readonly ask: (topic: string) => Promise<number>;
}

/** The hubs are asked at most this often, and so many of them. */
const RECOUNT_MS = 5_000;
const MOST_ASKED = 200;

/**
 * Counts the streams that one holder has open on all hubs together. Only openings are told, which costs no calls; when
 * they have become too many the hubs are asked how many are open still.
 */
export class StreamCount {
  readonly #options: StreamCountOptions;
  /** Those on their way to their hubs. */
  #entering = 0;
  #recountedAt = 0;
  #recount: Promise<void> | null = null;

  constructor(options: StreamCountOptions) {
    this.#options = options;
    options.storage.sql.exec(
      `CREATE TABLE IF NOT EXISTS opened
         (topic TEXT PRIMARY KEY, streams INTEGER NOT NULL, opened_at INTEGER NOT NULL) WITHOUT ROWID`,
    );
  }

  /** Whether one more may be opened: then `opened` or `refused` is to be told. `now` in milliseconds since 1970. */
  async enter(now: number): Promise<boolean> {
    if (this.#isFull(now)) await this.#askHubs(now);
    if (this.#isFull(now)) return false;
    this.#entering++;
    return true;
  }

  /** A stream that was entered has been opened. */
  opened(topic: string, now: number): void {
    this.#entered();
    this.#options.storage.sql.exec(
      `INSERT INTO opened (topic, streams, opened_at) VALUES (?1, 1, ?2)
       ON CONFLICT DO UPDATE SET streams = streams + 1, opened_at = ?2`,
      topic,
      now,
    );
  }

  /** A stream that was entered has not been opened. @param topic of one that was told to be, before it was known. */
  refused(topic: string | null): void {
    if (topic === null) return this.#entered();
    this.#options.storage.sql.exec(
      "UPDATE opened SET streams = streams - 1 WHERE topic = ? AND streams > 0",
      topic,
    );
  }

  #entered(): void {
    this.#entering = Math.max(0, this.#entering - 1);
  }

  #isFull(now: number): boolean {
    const { storage, streamMs, most } = this.#options;
    const { streams } = storage.sql
      .exec<{ streams: number }>(
        "SELECT coalesce(sum(streams), 0) AS streams FROM opened WHERE opened_at > ?",
        now - streamMs,
      )
      .one();
    return streams + this.#entering >= most;
  }

  async #askHubs(now: number): Promise<void> {
    if (this.#recount === null && now - this.#recountedAt < RECOUNT_MS) return;
    this.#recountedAt = now;
    this.#recount ??= this.#countAnew(now).finally(() => (this.#recount = null));
    await this.#recount;
  }

  async #countAnew(now: number): Promise<void> {
    const { storage, streamMs, ask } = this.#options;
    storage.sql.exec("DELETE FROM opened WHERE opened_at <= ?", now - streamMs);
    const topics = storage.sql
      .exec<{ topic: string }>("SELECT topic FROM opened ORDER BY streams DESC LIMIT ?", MOST_ASKED)
      .toArray();
    await Promise.all(topics.map(async ({ topic }) => this.#set(topic, await ask(topic))));
    // Whoever has not told by now what became of it never will.
    this.#entering = 0;
  }

  #set(topic: string, streams: number): void {
    const { sql } = this.#options.storage;
    if (streams === 0) sql.exec("DELETE FROM opened WHERE topic = ?", topic);
    else sql.exec("UPDATE opened SET streams = ? WHERE topic = ?", streams, topic);
  }
}
