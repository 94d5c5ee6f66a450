import { createConnection, type Socket } from "node:net";

import { clock, type Mark } from "../mark.ts";
import { ChunkedBody } from "./ChunkedBody.ts";
import { FrameScanner } from "./FrameScanner.ts";
import { WebSocketBody } from "./WebSocketBody.ts";

/** The request that opens a stream. */
export interface StreamRequest {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface StreamListener {
  /** The head of a good answer has arrived. */
  onOpen(): void;
  /** A complete event with a mark has arrived; `at` in milliseconds of the shared clock. */
  onMark(mark: Mark, at: number): void;
  /** Some of the body has arrived, without chunk headers. */
  onBody?(text: string): void;
  /** The stream was refused or has ended. */
  onEnd(reason: string): void;
}

const HEAD_END = "\r\n\r\n";
const READ_BYTES = 64 * 1024;

/** All sockets read into the same memory: what arrives is used up before the next one is read. */
const shared = Buffer.alloc(READ_BYTES);

/** One stream over a raw socket: the least that a client in Node can do, so that the server is what is measured. */
export class StreamSocket {
  /** Bytes received, heads and chunk headers included. */
  received = 0;
  readonly #socket: Socket;
  readonly #listener: StreamListener;
  readonly #scanner: FrameScanner;
  #head = "";
  #body: ((bytes: Buffer) => void) | null = null;
  #ended = false;

  constructor(request: StreamRequest, listener: StreamListener) {
    this.#listener = listener;
    this.#scanner = new FrameScanner((mark) => listener.onMark(mark, clock()));
    this.#socket = createConnection({
      host: "127.0.0.1",
      port: request.port,
      noDelay: true,
      onread: { buffer: shared, callback: (length) => this.#read(shared.subarray(0, length)) },
    });
    this.#socket.on("connect", () => this.#socket.write(requestText(request)));
    this.#socket.on("error", (error) => this.#end(error.message));
    this.#socket.on("close", () => this.#end("closed"));
  }

  /** Leaves without a word. */
  close(): void {
    this.#ended = true;
    this.#socket.destroy();
  }

  #read(bytes: Buffer): boolean {
    this.received += bytes.length;
    if (this.#body) this.#body(bytes);
    else this.#readHead(bytes);
    return true;
  }

  #readHead(bytes: Buffer): void {
    this.#head += bytes.toString("latin1");
    const end = this.#head.indexOf(HEAD_END);
    if (end === -1) return;
    const head = this.#head.slice(0, end);
    const rest = Buffer.from(this.#head.slice(end + HEAD_END.length), "latin1");
    this.#head = "";
    this.#body = this.#bodyReader(head);
    if (!this.#body) return this.#end(head);
    this.#listener.onOpen();
    if (rest.length > 0) this.#body(rest);
  }

  /** How to read what follows the head; `null` after a refusal. */
  #bodyReader(head: string): ((bytes: Buffer) => void) | null {
    if (head.startsWith("HTTP/1.1 101")) {
      const messages = new WebSocketBody((message) => this.#scanner.frame(message));
      return (bytes) => messages.feed(bytes);
    }
    if (!head.startsWith("HTTP/1.1 200")) return null;
    const take = (data: Buffer): void => {
      this.#listener.onBody?.(data.toString("latin1"));
      this.#scanner.feed(data);
    };
    if (!/^transfer-encoding: *chunked/im.test(head)) return take;
    const body = new ChunkedBody(take);
    return (bytes) => body.feed(bytes);
  }

  #end(reason: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#socket.destroy();
    this.#listener.onEnd(reason);
  }
}

function requestText({ port, path, headers }: StreamRequest): string {
  const fields = { host: `127.0.0.1:${port}`, accept: "text/event-stream", ...headers };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
}
