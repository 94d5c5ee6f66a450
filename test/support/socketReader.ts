import type { SocketMessage } from "../../protocol/streamEvents.ts";

/** A client of a stream over WebSocket: it keeps all that it received. Needs Node's own WebSocket. */
export class SocketReader {
  readonly messages: SocketMessage[] = [];
  readonly texts: string[] = [];
  closed: { readonly code: number; readonly reason: string } | null = null;
  readonly socket: WebSocket;
  readonly #waiting = new Set<() => void>();

  constructor(url: string, headers: Readonly<Record<string, string>>) {
    // Node's WebSocket takes headers; the type of the browser's does not say so.
    this.socket = new WebSocket(url.replace("http", "ws"), { headers } as unknown as string[]);
    this.socket.addEventListener("message", ({ data }) => this.#received(String(data)));
    this.socket.addEventListener("close", ({ code, reason }) => {
      this.closed = { code, reason };
      this.#wake();
    });
  }

  /** The messages of one event. */
  named(event: string): SocketMessage[] {
    return this.messages.filter((message) => message.event === event);
  }

  /** Waits until something is true of what was received. @throws Error after `timeoutMs`. */
  async until(isTrue: () => boolean, what: string, timeoutMs = 20_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!isTrue()) {
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`Timed out waiting for ${what} after ${this.messages.length} messages`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#waiting.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  close(): void {
    this.socket.close();
  }

  #received(text: string): void {
    this.texts.push(text);
    if (text !== "pong") this.messages.push(JSON.parse(text) as SocketMessage);
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
