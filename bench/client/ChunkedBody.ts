const LF = 10;
const HEX = 16;

/**
 * Takes the chunk headers out of an HTTP/1.1 body as it arrives, without copying. What a stream carries is then found
 * wherever the server chose to cut it.
 */
export class ChunkedBody {
  readonly #onData: (bytes: Buffer) => void;
  #left = 0;
  #header = "";

  constructor(onData: (bytes: Buffer) => void) {
    this.#onData = onData;
  }

  /** Takes what the socket received next. */
  feed(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length) at = this.#left > 0 ? this.#data(bytes, at) : this.#chunkHeader(bytes, at);
  }

  #data(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#left);
    this.#left -= end - at;
    this.#onData(bytes.subarray(at, end));
    return end;
  }

  #chunkHeader(bytes: Buffer, at: number): number {
    const end = bytes.indexOf(LF, at);
    if (end === -1) {
      this.#header += bytes.toString("latin1", at);
      return bytes.length;
    }
    const line = this.#header + bytes.toString("latin1", at, end);
    this.#header = "";
    // The line that ends the chunk before is empty.
    if (line.length > 1) this.#left = Number.parseInt(line, HEX);
    return end + 1;
  }
}
