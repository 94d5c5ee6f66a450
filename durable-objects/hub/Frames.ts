import { contentHash } from "../../protocol/contentHash.ts";
import { formatEventId } from "../../protocol/eventId.ts";
import { dataFor, type Reader } from "../../protocol/reader.ts";
import { encodeFrame } from "../../protocol/sse.ts";
import type { LogItem } from "./Log.ts";

/** An item's update in every form in which it is sent. */
export interface ItemFrames {
  /** Fingerprint of the document as this kind of reader gets it; `null` for a removal. */
  readonly hash: string | null;
  readonly sse: Uint8Array;
  readonly socket: string;
}

interface Found {
  readonly item: LogItem;
  readonly kind: Reader["kind"];
  readonly epoch: string;
  readonly frames: ItemFrames;
}

const encoder = new TextEncoder();

/**
 * Encodes each update once per audience, however many subscribers it goes to, and keeps the encodings of the newest
 * seq: those are asked for again by everyone who joins or catches up.
 */
export class Frames {
  readonly #epoch: () => string;
  readonly #kept = new Map<string, { readonly key: string; readonly frames: ItemFrames }>();
  /** What was found last: in a fan-out everybody asks for the same. */
  #last: Found | null = null;

  constructor(epoch: () => string) {
    this.#epoch = epoch;
  }

  /** The frames of an item for one kind of reader. */
  of(item: LogItem, reader: Reader): ItemFrames {
    const last = this.#last;
    const epoch = this.#epoch();
    if (last?.item === item && last.kind === reader.kind && last.epoch === epoch) return last.frames;
    const frames = this.#find(item, reader, formatEventId({ epoch, seq: item.seq }));
    this.#last = { item, kind: reader.kind, epoch, frames };
    return frames;
  }

  #find(item: LogItem, reader: Reader, id: string): ItemFrames {
    const slot = `${reader.kind} ${item.id}`;
    const kept = this.#kept.get(slot);
    if (kept?.key === id) return kept.frames;
    const frames = encodeItem(item, id, reader);
    this.#kept.set(slot, { key: id, frames });
    return frames;
  }

  /** Lets go of everything: called when nobody watches. */
  clear(): void {
    this.#kept.clear();
    this.#last = null;
  }
}

/** A frame as the bytes that an SSE stream carries. */
export function sseBytes(event: string, data: unknown): Uint8Array {
  return encoder.encode(encodeFrame({ event, data: JSON.stringify(data) }));
}

function encodeItem(item: LogItem, id: string, reader: Reader): ItemFrames {
  if (item.data === null) {
    const removed = JSON.stringify({ _id: item.id });
    return {
      hash: null,
      sse: encoder.encode(encodeFrame({ event: "removed", id, data: removed })),
      socket: `{"id":${JSON.stringify(id)},"event":"removed","data":${removed}}`,
    };
  }
  const data = dataFor(reader, item.data);
  return {
    hash: contentHash(data),
    sse: encoder.encode(encodeFrame({ id, data })),
    // The document is JSON already; parsing it only to write it again would cost more than all the rest.
    socket: `{"id":${JSON.stringify(id)},"event":"message","data":${data}}`,
  };
}
