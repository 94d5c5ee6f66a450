/** How deep the containers of a document lie in one another. */
export interface Nesting {
  /** Of the deepest container: 0 is the document itself. */
  readonly containers: number;
  /** Levels that hold something: 0 for an empty document. */
  readonly filled: number;
}

/** A container is at least as long: its length, its type, its name of one byte and its end. */
const LEAST_SIZE = 8;
const HEAD_SIZE = 4;

/** The bytes of values whose length is always the same, by their types. */
const FIXED = new Map([
  [0x01, 8],
  [0x06, 0],
  [0x07, 12],
  [0x08, 1],
  [0x09, 8],
  [0x0a, 0],
  [0x10, 4],
  [0x11, 8],
  [0x12, 8],
  [0x13, 16],
  [0x7f, 0],
  [0xff, 0],
]);

/** The bytes of a value beside those that its length counts. */
const EXTRA = new Map([
  [0x02, 4],
  [0x05, 5],
  [0x0c, 16],
  [0x0d, 4],
  [0x0e, 4],
  [0x0f, 0],
]);

const REGEX = 0x0b;
const END = 0x00;

/** True when so many bytes cannot hold so many containers in one another, however they are. */
export function isSurelyShallow(bytes: Uint8Array, levels: number): boolean {
  return bytes.length < levels * (LEAST_SIZE - 1);
}

/**
 * Measures BSON without reading its values, and without a stack that could overflow. Bytes that are no BSON end the
 * measurement: whoever reads them will say so.
 */
export function nestingOf(bytes: Uint8Array): Nesting {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let [depth, containers, filled, at] = [0, 0, 0, HEAD_SIZE];
  while (depth >= 0 && at < view.length) {
    const type = view.readUInt8(at);
    if (type === END) {
      depth--;
      at++;
      continue;
    }
    filled = Math.max(filled, depth + 1);
    const start = afterText(view, at + 1);
    const isContainer = type === 0x03 || type === 0x04;
    if (isContainer) containers = Math.max(containers, ++depth);
    at = isContainer ? start + HEAD_SIZE : start + sizeOf(view, type, start);
  }
  return { containers, filled };
}

function afterText(view: Buffer, start: number): number {
  const end = view.indexOf(END, start);
  return end === -1 ? view.length : end + 1;
}

function sizeOf(view: Buffer, type: number, start: number): number {
  const fixed = FIXED.get(type);
  if (fixed !== undefined) return fixed;
  if (type === REGEX) return afterText(view, afterText(view, start)) - start;
  const extra = EXTRA.get(type);
  if (extra === undefined || start + HEAD_SIZE > view.length) return view.length;
  return Math.max(0, view.readInt32LE(start)) + extra;
}
