import { SocketReader } from "./socketReader.ts";
import type { ReceivedEvent } from "./streamReader.ts";

/** A client on a WebSocket that looks like one of an event stream. It pings, as a good client does. */
export class SocketStream {
  readonly #reader: SocketReader;
  readonly #pinging: ReturnType<typeof setInterval>;
  readonly #events: ReceivedEvent[] = [];

  private constructor(reader: SocketReader) {
    this.#reader = reader;
    this.#pinging = setInterval(() => reader.socket.readyState === 1 && reader.socket.send("ping"), 200);
  }

  /** Opens a socket and resolves when it has gone live or was refused. */
  static async open(url: string, cookie: string): Promise<SocketStream> {
    const reader = new SocketReader(url, { cookie });
    await reader.until(() => reader.named("live").length > 0 || reader.closed !== null, "live");
    return new SocketStream(reader);
  }

  get events(): readonly ReceivedEvent[] {
    for (const { id, event, data } of this.#reader.messages.slice(this.#events.length)) {
      this.#events.push({ id, event, data: JSON.stringify(data) });
    }
    return this.#events;
  }

  get ended(): boolean {
    return this.#reader.closed !== null;
  }

  until(isTrue: () => boolean, what: string): Promise<void> {
    return this.#reader.until(isTrue, what);
  }

  async untilEnded(): Promise<void> {
    await this.#reader.until(() => this.ended, "the end", 30_000);
    clearInterval(this.#pinging);
  }

  close(): void {
    clearInterval(this.#pinging);
    this.#reader.close();
  }
}
