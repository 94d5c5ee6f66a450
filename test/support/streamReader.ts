import { createParser, type EventSourceMessage } from "eventsource-parser";

/** An event as a client of the stream received it. `event` is `message` for one without a name. */
export interface ReceivedEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: string;
}

interface OpenOptions {
  readonly headers?: Readonly<Record<string, string>>;
}

/** A client of one stream: it keeps all that it received, and lets a test wait for more. */
export class StreamReader {
  readonly response: Response;
  readonly events: ReceivedEvent[] = [];
  /** The `retry:` that the server sent, in milliseconds. */
  retry: number | null = null;
  /** Whether the server has ended the stream, or it broke. */
  ended = false;
  readonly #abort: AbortController;
  readonly #waiting = new Set<() => void>();

  private constructor(response: Response, abort: AbortController) {
    this.response = response;
    this.#abort = abort;
    void this.#read();
  }

  /** Opens a stream. A refusal is a `response` that is not ok, and a stream that has ended. */
  static async open(url: string, options: OpenOptions = {}): Promise<StreamReader> {
    const abort = new AbortController();
    const headers = { accept: "text/event-stream", ...options.headers };
    const response = await fetch(url, { headers, signal: abort.signal });
    return new StreamReader(response, abort);
  }

  /** The events of one name. */
  named(event: string): ReceivedEvent[] {
    return this.events.filter((received) => received.event === event);
  }

  /** The data of the newest document, parsed. */
  get latest(): unknown {
    const data = this.named("message").at(-1)?.data;
    return data === undefined ? undefined : JSON.parse(data);
  }

  /** What came of it so far, for the reader of a failure. */
  get summary(): string {
    const last = this.events.slice(-5).map(({ event, id }) => (id ? `${event}#${id}` : event));
    const { status } = this.response;
    return `${this.events.length} events, last ${last.join(", ") || "none"}, status ${status}${this.ended ? ", ended" : ""}`;
  }

  /** Waits until something is true of what was received. @throws Error when the stream ends first, or after `timeoutMs`. */
  async until(isTrue: (reader: StreamReader) => boolean, what: string, timeoutMs = 20_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!isTrue(this)) {
      if (this.ended) throw new Error(`The stream ended before ${what}: ${this.summary}`);
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`Timed out waiting for ${what}: ${this.summary}`);
      await this.#next(left);
    }
  }

  /** Waits for the first event of a name that has not been seen when `seen` were. */
  async untilEvent(event: string, seen = 0): Promise<ReceivedEvent> {
    await this.until((reader) => reader.named(event).length > seen, `event "${event}" number ${seen + 1}`);
    const found = this.named(event)[seen];
    if (!found) throw new Error("unreachable");
    return found;
  }

  /** Waits until the server has ended the stream. */
  async untilEnded(timeoutMs = 20_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!this.ended) {
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`The stream did not end: ${this.summary}`);
      await this.#next(left);
    }
  }

  /** Leaves without a word, as a closed tab does. */
  close(): void {
    this.#abort.abort();
  }

  async #read(): Promise<void> {
    const parser = createParser({
      onEvent: (message) => this.#received(message),
      onRetry: (retry) => {
        this.retry = retry;
      },
    });
    try {
      if (!this.response.ok || !this.response.body) return;
      for await (const text of this.response.body.pipeThrough(new TextDecoderStream())) parser.feed(text);
    } catch {
      // Aborted, or the server died: either way there is no more to read, and `ended` says so.
    } finally {
      this.ended = true;
      this.#wake();
    }
  }

  #received({ event, id, data }: EventSourceMessage): void {
    this.events.push({ event: event ?? "message", id, data });
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  #next(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#waiting.add(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
