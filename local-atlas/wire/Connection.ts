import type { Socket } from "node:net";
import { type CommandMessage, ProtocolError, readHeader, readMessage, writeReply } from "./message.ts";

/** Answers one command with BSON, or with `null` to close the connection; must not throw. `closed` is aborted when the client has gone. */
export type AnswerCommand = (
  message: CommandMessage,
  connectionId: number,
  closed: AbortSignal,
) => Promise<Uint8Array | null>;

/** What went wrong on a connection, for the log. */
export type ReportProblem = (connectionId: number, problem: string) => void;

/** One client's socket: cuts its bytes into messages and answers them one after the other, in their order. */
export class Connection {
  readonly id: number;
  readonly #socket: Socket;
  readonly #answer: AnswerCommand;
  readonly #report: ReportProblem;
  readonly #closed = new AbortController();
  #chunks: Buffer[] = [];
  #buffered = 0;
  #work: Promise<void> = Promise.resolve();
  #nextRequestId = 1;

  constructor(id: number, socket: Socket, answer: AnswerCommand, report: ReportProblem) {
    this.id = id;
    this.#socket = socket;
    this.#answer = answer;
    this.#report = report;
    socket.setNoDelay(true);
    socket.on("data", (chunk) => this.#take(chunk));
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#closed.abort());
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    try {
      this.#cut();
    } catch (error) {
      this.#fail(error);
    }
  }

  #cut(): void {
    while (this.#buffered > 0) {
      const head = this.#chunks[0];
      if (head !== undefined && head.length < 16 && this.#chunks.length > 1) this.#join();
      const header = readHeader(this.#chunks[0] ?? Buffer.alloc(0));
      if (header === null || this.#buffered < header.size) return;
      this.#join();
      const all = this.#chunks[0] ?? Buffer.alloc(0);
      const message = readMessage(header, all.subarray(0, header.size));
      this.#chunks = [all.subarray(header.size)];
      this.#buffered -= header.size;
      this.#work = this.#work.then(() => this.#serve(message));
    }
  }

  /** Joining only when a whole message is there keeps a large one from being copied for every chunk of it. */
  #join(): void {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks)];
  }

  async #serve(message: CommandMessage): Promise<void> {
    if (this.#closed.signal.aborted) return;
    const body = await this.#answer(message, this.id, this.#closed.signal);
    if (body === null) return this.close();
    if (!message.wantsReply || this.#socket.destroyed) return;
    this.#socket.write(writeReply(this.#nextRequestId++, message.requestId, message.isLegacy, body));
  }

  #fail(error: unknown): void {
    const problem = error instanceof ProtocolError ? error.message : String(error);
    this.#report(this.id, problem);
    this.#socket.destroy();
  }
}
