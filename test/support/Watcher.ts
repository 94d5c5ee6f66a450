import { setTimeout as sleep } from "node:timers/promises";

import { StreamReader, type ReceivedEvent } from "./streamReader.ts";

/** A page would wait for seconds; tests have no crowd to spread. */
const PAUSE_MS = 200;

/** What `EventSource` does with an answer that is no stream: it gives up, unless it is told to come back. */
const RETRIABLE = new Set([429, 500, 502, 503]);

/** An open page: it comes back with its last id whenever its stream ends, and keeps what it shows meanwhile. */
export class Watcher {
  /** Its streams so far, the newest last. */
  readonly streams: StreamReader[] = [];
  readonly #url: string;
  readonly #cookie: string;
  readonly #running: Promise<void>;
  #left = false;

  /** @param url of the stream. */
  constructor(url: string, cookie: string) {
    this.#url = url;
    this.#cookie = cookie;
    this.#running = this.#run();
  }

  /** Opens a page and resolves when it is live. */
  static async live(url: string, cookie: string): Promise<Watcher> {
    const watcher = new Watcher(url, cookie);
    while (watcher.streams.length === 0) await sleep(10);
    await watcher.streams[0]?.untilEvent("live");
    return watcher;
  }

  /** What the page shows: the document's text, `null` when it was removed, `undefined` before anything came. */
  get shown(): string | null | undefined {
    const last = this.#findLast(({ event }) => event === "message" || event === "removed");
    return last?.event === "removed" ? null : last?.data;
  }

  /** All events of one name, over all streams. */
  named(event: string): ReceivedEvent[] {
    return this.streams.flatMap((stream) => stream.named(event));
  }

  /** Leaves for good. */
  async close(): Promise<void> {
    this.#left = true;
    for (const stream of this.streams) stream.close();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#left) {
      const stream = await this.#open();
      if (stream && !stream.response.ok && !RETRIABLE.has(stream.response.status)) return;
      if (stream) await this.#stay(stream);
      if (!this.#left) await sleep(PAUSE_MS);
    }
  }

  async #stay(stream: StreamReader): Promise<void> {
    while (!stream.ended && !this.#left) await stream.untilEnded().catch(() => undefined);
  }

  async #open(): Promise<StreamReader | null> {
    const lastId = this.#findLast(({ id }) => id !== undefined)?.id;
    const headers = { cookie: this.#cookie, ...(lastId !== undefined && { "last-event-id": lastId }) };
    try {
      const stream = await StreamReader.open(this.#url, { headers });
      this.streams.push(stream);
      return stream;
    } catch {
      // Nobody answers: as good as a stream that broke.
      return null;
    }
  }

  #findLast(isIt: (event: ReceivedEvent) => boolean): ReceivedEvent | undefined {
    for (const stream of this.streams.toReversed()) {
      const found = stream.events.findLast(isIt);
      if (found) return found;
    }
    return undefined;
  }
}
