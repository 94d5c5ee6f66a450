import { clock, type Mark } from "../mark.ts";
import { AgeSampler } from "./AgeSampler.ts";
import type { Arrived, Opened, Sampled } from "./messages.ts";
import { type StreamRequest, StreamSocket } from "./StreamSocket.ts";

interface Watcher {
  readonly socket: StreamSocket;
  /** The newest change received. */
  seq: number;
  /** When it was received. */
  at: number;
}

interface Waiting {
  readonly seq: number;
  readonly done: () => void;
}

/** Many clients of one stream, and when each of them had what. */
export class Swarm {
  readonly #watchers: Watcher[] = [];
  #waiting: Waiting | null = null;
  #missing = 0;
  #frames = 0;
  #sampler: AgeSampler | null = null;

  /** Opens streams, so many at a time, and waits until each is answered. */
  async open(request: StreamRequest, count: number, atOnce: number): Promise<Opened> {
    const startedAt = clock();
    const before = this.#watchers.length;
    let asked = 0;
    let reason = "";
    const worker = async (): Promise<void> => {
      while (asked < count) {
        asked++;
        const failure = await this.#openOne(request);
        if (failure !== null) reason = failure;
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
    const opened = this.#watchers.length - before;
    return { opened, failed: count - opened, tookMs: clock() - startedAt, reason };
  }

  /** Waits until every client has a change or a newer one. Those who don't in time are left out of the answer. */
  async await(seq: number, timeoutMs: number): Promise<Arrived> {
    this.#missing = this.#watchers.filter((watcher) => watcher.seq < seq).length;
    if (this.#missing > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        const done = (): void => {
          clearTimeout(timer);
          resolve();
        };
        this.#waiting = { seq, done };
      });
    }
    this.#waiting = null;
    const at = this.#watchers.filter((watcher) => watcher.seq >= seq).map((watcher) => watcher.at);
    return { seq, at: at.toSorted((a, b) => a - b) };
  }

  /** Begins to note how old what the clients show is. */
  sample(): void {
    for (const { socket } of this.#watchers) socket.received = 0;
    this.#frames = 0;
    this.#sampler = new AgeSampler(this.#watchers.length);
  }

  /** Ends it. */
  sampled(): Sampled {
    const ages = this.#sampler?.finish(clock()) ?? [];
    this.#sampler = null;
    const bytes = this.#watchers.reduce((sum, { socket }) => sum + socket.received, 0);
    return { ages, bytes, frames: this.#frames };
  }

  /** Closes all. */
  close(): void {
    for (const { socket } of this.#watchers) socket.close();
    this.#watchers.length = 0;
  }

  #openOne(request: StreamRequest): Promise<string | null> {
    return new Promise((resolve) => {
      const index = { value: -1 };
      const socket = new StreamSocket(request, {
        onOpen: () => {
          index.value = this.#watchers.push({ socket, seq: 0, at: 0 }) - 1;
          resolve(null);
        },
        onMark: (mark, at) => this.#marked(index.value, mark, at),
        onEnd: (reason) => resolve(reason),
      });
    });
  }

  #marked(index: number, mark: Mark, at: number): void {
    const watcher = this.#watchers[index];
    if (!watcher) return;
    this.#frames++;
    this.#sampler?.show(index, mark.sentAt, at);
    const waiting = this.#waiting;
    const wasMissing = waiting !== null && watcher.seq < waiting.seq;
    watcher.seq = mark.seq;
    watcher.at = at;
    if (wasMissing && mark.seq >= waiting.seq && --this.#missing === 0) waiting.done();
  }
}
