/** Whose streams are counted, and how many they may be. */
export interface StreamCountOptions {
  readonly storage: DurableObjectStorage;
  readonly most: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The longest life of a stream, in milliseconds: what was opened longer ago has ended. */
  readonly streamMs: number;
  /** Asks a hub how many streams it holds open for whoever is counted. */
  readonly ask: (topic: string) => Promise<number>;
}

/** The streams of one topic. Times in milliseconds since 1970. */
interface Opened {
  readonly streams: number;
  readonly openedAt: number;
}

/** The hubs are asked at most this often, and so many of them. */
const RECOUNT_MS = 5_000;
const MOST_ASKED = 200;

/** A row is written for so many streams at once: what is stored may be too much by less than that. */
const STEP = 10;

/**
 * Counts the streams that one holder has open on all hubs together. Only openings are told, which costs no calls; when
 * they have become too many the hubs are asked how many are open still.
 */
export class StreamCount {
  readonly #options: StreamCountOptions;
  readonly #opened: Map<string, Opened>;
  readonly #stored: Map<string, Opened>;
  /** Those on their way to their hubs. */
  #entering = 0;
  #recountedAt = 0;
  #recount: Promise<void> | null = null;

  constructor(options: StreamCountOptions) {
    this.#options = options;
    const { sql } = options.storage;
    sql.exec(
      `CREATE TABLE IF NOT EXISTS opened
         (topic TEXT PRIMARY KEY, streams INTEGER NOT NULL, opened_at INTEGER NOT NULL) WITHOUT ROWID`,
    );
    const rows = sql
      .exec<{ topic: string; streams: number; opened_at: number }>("SELECT * FROM opened")
      .toArray();
    this.#stored = new Map(
      rows.map(({ topic, streams, opened_at }) => [topic, { streams, openedAt: opened_at }]),
    );
    this.#opened = new Map(this.#stored);
    this.#forgetEnded(options.now);
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
    const { streams } = this.#opened.get(topic) ?? { streams: 0 };
    const opened = { streams: streams + 1, openedAt: now };
    this.#opened.set(topic, opened);
    this.#store(topic, opened);
  }

  /** A stream that was entered has not been opened. @param topic of one that was told to be, before it was known. */
  refused(topic: string | null): void {
    if (topic === null) return this.#entered();
    const opened = this.#opened.get(topic);
    if (opened) this.#opened.set(topic, { ...opened, streams: Math.max(0, opened.streams - 1) });
  }

  #entered(): void {
    this.#entering = Math.max(0, this.#entering - 1);
  }

  #isFull(now: number): boolean {
    let streams = this.#entering;
    for (const opened of this.#opened.values()) if (this.#mayLive(opened, now)) streams += opened.streams;
    return streams >= this.#options.most;
  }

  /** The time that is stored may be older than the last opening by half of a stream's life. */
  #mayLive({ openedAt }: Opened, now: number): boolean {
    return openedAt > now - 1.5 * this.#options.streamMs;
  }

  #store(topic: string, { streams, openedAt }: Opened): void {
    const { storage, streamMs } = this.#options;
    const stored = this.#stored.get(topic);
    if (stored && stored.streams >= streams && openedAt - stored.openedAt < streamMs / 2) return;
    const row = { streams: Math.ceil(streams / STEP) * STEP, openedAt };
    this.#stored.set(topic, row);
    storage.sql.exec("INSERT OR REPLACE INTO opened VALUES (?, ?, ?)", topic, row.streams, openedAt);
  }

  async #askHubs(now: number): Promise<void> {
    if (this.#recount === null && now - this.#recountedAt < RECOUNT_MS) return;
    this.#recountedAt = now;
    this.#recount ??= this.#countAnew(now).finally(() => (this.#recount = null));
    await this.#recount;
  }

  async #countAnew(now: number): Promise<void> {
    this.#forgetEnded(now);
    const largest = [...this.#opened].toSorted(([, one], [, other]) => other.streams - one.streams);
    await Promise.all(
      largest.slice(0, MOST_ASKED).map(async ([topic]) => this.#set(topic, await this.#options.ask(topic))),
    );
    // Whoever has not told by now what became of it never will.
    this.#entering = 0;
  }

  #set(topic: string, streams: number): void {
    const opened = this.#opened.get(topic);
    if (streams === 0) this.#forget(topic);
    else if (opened) this.#opened.set(topic, { ...opened, streams });
  }

  #forgetEnded(now: number): void {
    for (const [topic, opened] of this.#opened) if (!this.#mayLive(opened, now)) this.#forget(topic);
  }

  #forget(topic: string): void {
    this.#opened.delete(topic);
    this.#stored.delete(topic);
    this.#options.storage.sql.exec("DELETE FROM opened WHERE topic = ?", topic);
  }
}
