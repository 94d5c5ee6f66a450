/** A stream of a client, and how to write to it. */
export interface OpenStream {
  readonly body: ReadableStream<Uint8Array>;
  readonly write: (bytes: Uint8Array) => void;
}

type Gone = () => void;
type Opener = (gone: Gone) => OpenStream;

const ROOM_BYTES = 64 * 1024;

/** The kinds of stream that a Durable Object can answer with. */
export const KINDS: Readonly<Record<string, Opener>> = {
  default: (gone) => openDefault(gone, {}),
  counted: (gone) => openDefault(gone, { highWaterMark: 16 }),
  sized: (gone) => openDefault(gone, { highWaterMark: ROOM_BYTES, size: (chunk) => chunk?.byteLength ?? 0 }),
  bytes: (gone) => openBytes(gone, {}),
  "bytes-sized": (gone) => openBytes(gone, { highWaterMark: ROOM_BYTES }),
  pulled: openPulled,
  identity: openIdentity,
  transform: openTransform,
};

function openDefault(gone: Gone, strategy: QueuingStrategy<Uint8Array>): OpenStream {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const source: UnderlyingSource<Uint8Array> = {
    start(begun) {
      controller = begun;
    },
    cancel: gone,
  };
  return {
    body: new ReadableStream<Uint8Array>(source, strategy),
    write: (bytes) => controller?.enqueue(bytes),
  };
}

function openBytes(gone: Gone, strategy: QueuingStrategy): OpenStream {
  let controller: ReadableByteStreamController | undefined;
  const source: UnderlyingByteSource = {
    type: "bytes",
    start(begun) {
      controller = begun;
    },
    cancel: gone,
  };
  return {
    body: new ReadableStream(source, strategy),
    // Enqueueing takes the memory away from whoever enqueues.
    write: (bytes) => controller?.enqueue(bytes.slice()),
  };
}

/** No queue: what is written waits for the reader's own pull. */
function openPulled(gone: Gone): OpenStream {
  let wake: ((bytes: Uint8Array) => void) | undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) =>
        new Promise<void>((resolve) => {
          wake = (bytes) => {
            controller.enqueue(bytes);
            resolve();
          };
        }),
      cancel: gone,
    },
    { highWaterMark: 0 },
  );
  return { body, write: (bytes) => wake?.(bytes) };
}

function openIdentity(gone: Gone): OpenStream {
  const { readable, writable } = new IdentityTransformStream();
  return { body: readable, write: writeTo(writable, gone) };
}

function openTransform(gone: Gone): OpenStream {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  return { body: readable, write: writeTo(writable, gone) };
}

function writeTo(writable: WritableStream<Uint8Array>, gone: Gone): (bytes: Uint8Array) => void {
  const writer = writable.getWriter();
  return (bytes) => void writer.write(bytes).catch(gone);
}
