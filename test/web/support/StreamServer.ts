import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { encodeFrame, type Frame } from "../../../protocol/sse.ts";

/** One stream that a client opened. */
export interface OpenedStream {
  readonly url: URL;
  readonly closed: Promise<unknown>;
  readonly send: (...frames: readonly Frame[]) => void;
  /** Cuts the connection. */
  readonly cut: () => void;
}

/** What the server says to anything but an accepted stream; `null` cuts the connection. */
type Reply = { readonly status: number; readonly body?: unknown; readonly retryAfter?: number } | null;

type Answer = (request: IncomingMessage, url: URL, body: string) => Reply | Promise<Reply>;

/** A real HTTP server whose streams are in the test's hands. */
export class StreamServer {
  /** Status with which streams are refused; `null` accepts them. */
  refuseStreams: number | null = null;
  answer: Answer = () => ({ status: 200, body: {} });
  readonly #server: Server;
  readonly #streams: OpenedStream[] = [];
  #wake = (): void => {};

  private constructor() {
    this.#server = createServer((request, response) => void this.#handle(request, response));
  }

  static async start(): Promise<StreamServer> {
    const server = new StreamServer();
    server.#server.listen(0, "127.0.0.1");
    await once(server.#server, "listening");
    return server;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** The streams that nobody has asked for yet. */
  get unclaimed(): number {
    return this.#streams.length;
  }

  /** The next stream that a client opens (or has opened). */
  async nextStream(): Promise<OpenedStream> {
    for (;;) {
      const stream = this.#streams.shift();
      if (stream) return stream;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.url);
    const isStream = request.headers.accept?.includes("text/event-stream");
    if (isStream && this.refuseStreams === null) return this.#stream(url, response);
    const body = (await request.toArray()).join("");
    const reply = isStream ? { status: this.refuseStreams ?? 500 } : await this.answer(request, url, body);
    if (reply === null) request.socket.destroy();
    else this.#respond(response, reply);
  }

  #respond(response: ServerResponse, { status, body, retryAfter }: NonNullable<Reply>): void {
    const headers = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body ?? {}));
  }

  #stream(url: URL, response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    this.#streams.push({
      url,
      closed: once(response, "close"),
      send: (...frames) => void response.write(frames.map(encodeFrame).join("")),
      cut: () => void response.socket?.destroy(),
    });
    this.#wake();
  }
}
