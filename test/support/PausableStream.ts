import { once } from "node:events";
import { get, type ClientRequest, type IncomingMessage } from "node:http";

import { createParser } from "eventsource-parser";

import type { ReceivedEvent } from "./streamReader.ts";

/** A client of one stream, on a socket of its own, that can stop reading and can vanish. */
export class PausableStream {
  readonly events: ReceivedEvent[] = [];
  readonly status: number;
  /** Bytes that were read off the socket's stream. */
  bytes = 0;
  ended = false;
  paused = false;
  readonly #request: ClientRequest;
  readonly #response: IncomingMessage;
  readonly #waiting = new Set<() => void>();

  private constructor(request: ClientRequest, response: IncomingMessage) {
    this.#request = request;
    this.#response = response;
    this.status = response.statusCode ?? 0;
    const parser = createParser({
      onEvent: ({ event, id, data }) => this.events.push({ event: event ?? "message", id, data }),
    });
    response.setEncoding("utf8").on("data", (text: string) => {
      this.bytes += Buffer.byteLength(text);
      parser.feed(text);
      this.#wake();
    });
    response.on("close", () => {
      this.ended = true;
      this.#wake();
    });
    // A stream that breaks is a stream that has ended; `ended` says so.
    response.on("error", () => undefined);
    request.on("error", () => undefined);
  }

  /** Opens a stream and resolves with its answer's head, whatever its status. */
  static async open(url: string, headers: Readonly<Record<string, string>>): Promise<PausableStream> {
    const request = get(url, { agent: false, headers: { accept: "text/event-stream", ...headers } });
    const [response] = (await once(request, "response")) as [IncomingMessage];
    return new PausableStream(request, response);
  }

  /** The events of one name. */
  named(event: string): ReceivedEvent[] {
    return this.events.filter((received) => received.event === event);
  }

  /** The last id that was received. */
  get lastId(): string | undefined {
    return this.events.findLast(({ id }) => id !== undefined)?.id;
  }

  /** Takes nothing more off the socket, and stays connected. */
  pause(): void {
    this.paused = true;
    this.#response.pause();
  }

  /** Reads again. */
  resume(): void {
    this.paused = false;
    this.#response.resume();
  }

  /** Is gone from one moment to the next: no goodbye, only a reset for whoever still sends. */
  vanish(): void {
    this.#request.socket?.resetAndDestroy();
  }

  /** Closes the connection as a closed tab does. */
  close(): void {
    this.#request.destroy();
  }

  /** Waits until something is true of what was received. @throws Error when the stream ends first, or after `timeoutMs`. */
  async until(isTrue: () => boolean, what: string, timeoutMs = 20_000): Promise<void> {
    const timeout = AbortSignal.timeout(timeoutMs);
    while (!isTrue()) {
      if (this.ended) throw new Error(`The stream ended before ${what}: ${this.#summary()}`);
      if (timeout.aborted) throw new Error(`Timed out waiting for ${what}: ${this.#summary()}`);
      await this.#next(timeout);
    }
  }

  /** Waits until the server has closed the stream, and all of it was read. */
  async untilEnded(timeoutMs = 20_000): Promise<void> {
    const timeout = AbortSignal.timeout(timeoutMs);
    while (!this.ended) {
      if (timeout.aborted) throw new Error(`The stream did not end: ${this.#summary()}`);
      await this.#next(timeout);
    }
  }

  #next(timeout: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        timeout.removeEventListener("abort", done);
        resolve();
      };
      timeout.addEventListener("abort", done);
      this.#waiting.add(done);
    });
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  #summary(): string {
    const last = this.events.slice(-5).map(({ event, id }) => (id ? `${event}#${id}` : event));
    return `${this.events.length} events, last ${last.join(", ") || "none"}, status ${this.status}`;
  }
}
