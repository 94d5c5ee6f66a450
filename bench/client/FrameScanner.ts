import { type Mark, parseMark } from "../mark.ts";

const FRAME_END = "\n\n";
const TILDE = 126;

/** Enough for a mark and the fields that a server may write after the data. */
const TAIL_BYTES = 256;

/** Finds the complete server-sent events that carry a mark in a stream of bytes. */
export class FrameScanner {
  readonly #onMark: (mark: Mark) => void;
  #tail: Buffer = Buffer.alloc(0);

  constructor(onMark: (mark: Mark) => void) {
    this.#onMark = onMark;
  }

  /** Takes the next bytes of the body. */
  feed(bytes: Buffer): void {
    // A frame's end and its mark may come apart: what is left of the bytes before is searched again.
    const text = this.#tail.length > 0 ? Buffer.concat([this.#tail, bytes]) : bytes;
    let from = 0;
    for (let end = text.indexOf(FRAME_END); end !== -1; end = text.indexOf(FRAME_END, from)) {
      this.frame(text.subarray(Math.max(from, end - TAIL_BYTES), end));
      from = end + FRAME_END.length;
    }
    // The scanner's bytes belong to a buffer that the next socket overwrites.
    this.#tail = Buffer.from(text.subarray(Math.max(from, text.length - TAIL_BYTES)));
  }

  /** Looks for a mark near the end of one whole event. */
  frame(frame: Buffer): void {
    const end = frame.lastIndexOf(TILDE);
    if (end <= 0) return;
    const start = frame.lastIndexOf(TILDE, end - 1);
    if (start !== -1) this.#onMark(parseMark(frame.toString("latin1", start + 1, end)));
  }
}
