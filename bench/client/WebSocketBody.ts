const LENGTH_MASK = 0x7f;
const TWO_BYTES = 126;
const EIGHT_BYTES = 127;
const MOST_HEADER_BYTES = 10;

/** Takes the frames of a server's WebSocket apart as they arrive: each is one whole, unmasked message. */
export class WebSocketBody {
  readonly #onMessage: (payload: Buffer) => void;
  #pending: Buffer = Buffer.alloc(0);

  constructor(onMessage: (payload: Buffer) => void) {
    this.#onMessage = onMessage;
  }

  /** Takes what the socket received next. */
  feed(bytes: Buffer): void {
    let rest = this.#pending.length > 0 ? Buffer.concat([this.#pending, bytes]) : bytes;
    for (let payload = payloadOf(rest); payload; payload = payloadOf(rest)) {
      this.#onMessage(rest.subarray(payload.start, payload.end));
      rest = rest.subarray(payload.end);
    }
    // These bytes belong to a buffer that the next socket overwrites.
    this.#pending = Buffer.from(rest);
  }
}

function payloadOf(bytes: Buffer): { readonly start: number; readonly end: number } | null {
  const padded =
    bytes.length < MOST_HEADER_BYTES ? Buffer.concat([bytes, Buffer.alloc(MOST_HEADER_BYTES)]) : bytes;
  const short = padded.readUInt8(1) & LENGTH_MASK;
  if (bytes.length < 2) return null;
  const [start, length] = headOf(padded, short);
  return bytes.length < start + length ? null : { start, end: start + length };
}

function headOf(bytes: Buffer, short: number): readonly [start: number, length: number] {
  if (short === TWO_BYTES) return [4, bytes.readUInt16BE(2)];
  if (short === EIGHT_BYTES) return [MOST_HEADER_BYTES, Number(bytes.readBigUInt64BE(2))];
  return [2, short];
}
