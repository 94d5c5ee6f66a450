import type { OpenStream } from "./openStream.ts";

/**
 * One native stream whose bytes the runtime itself copies to every client: JavaScript writes once, however many read.
 * The least work per client that a Durable Object can do, and of no use to a hub: what a stalled client does not take
 * piles up without bound where nobody can see it.
 */
export class Tee {
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  #rest: ReadableStream<Uint8Array>;

  constructor() {
    const { readable, writable } = new IdentityTransformStream();
    this.#writer = writable.getWriter();
    this.#rest = readable;
  }

  /** A branch for one more client. Every branch is written to by the same function. */
  open(): OpenStream {
    const [body, rest] = this.#rest.tee();
    this.#rest = rest;
    return { body, write: this.#write };
  }

  readonly #write = (bytes: Uint8Array): void => void this.#writer.write(bytes);
}
