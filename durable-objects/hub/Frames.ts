import { contentHash } from "../../protocol/contentHash.ts";
import { formatEventId } from "../../protocol/eventId.ts";
import { encodeFrame } from "../../protocol/sse.ts";
import type { WireDocument } from "../../protocol/wireJson.ts";
import type { Stream } from "../../streams/declare/Stream.ts";
import { viewed } from "../../streams/declare/views.ts";

/** One event of a topic in every form in which it is sent. */
export interface EventFrames {
  readonly sse: Uint8Array;
  readonly socket: string;
}

/** An item's new value, encoded. */
export interface MessageFrames extends EventFrames {
  /** Fingerprint of the document as this kind of reader gets it. */
  readonly hash: string;
}

/** What of an item is encoded. */
interface Encodable {
  readonly id: string;
  readonly seq: number;
  readonly data: string | null;
}

/** More than anybody asks for again, and not so many that they fill the object. */
const MOST_KEPT = 2000;
const MOST_KEPT_BYTES = 8 * 1024 * 1024;

const encoder = new TextEncoder();

/** Encodes each update once per kind of reader, however many subscribers it goes to, and keeps the encodings for a while. */
export class Frames {
  readonly #stream: Stream;
  readonly #kept = new Map<string, MessageFrames>();
  #lastRemoved: { readonly id: string; readonly frames: EventFrames } | null = null;
  #bytes = 0;
  /** What was found last: in a fan-out everybody asks for the same. */
  #last: {
    readonly item: Encodable;
    readonly kind: string;
    readonly epoch: string;
    readonly frames: MessageFrames;
  } | null = null;

  constructor(stream: Stream) {
    this.#stream = stream;
  }

  /** An item's value, as one kind of reader gets it, with an id of the epoch. */
  message(item: Encodable, kind: string, epoch: string): MessageFrames {
    const last = this.#last;
    if (last?.item === item && last.kind === kind && last.epoch === epoch) return last.frames;
    const frames = this.#find(item, kind, formatEventId({ epoch, seq: item.seq }));
    this.#last = { item, kind, epoch, frames };
    return frames;
  }

  /** An item's leaving: that it was deleted, or that it is no longer for this reader. */
  removed(item: Encodable, epoch: string): EventFrames {
    const id = formatEventId({ epoch, seq: item.seq });
    if (this.#lastRemoved?.id !== id) {
      this.#lastRemoved = { id, frames: encodeEvent("removed", id, `{"_id":${item.id}}`) };
    }
    return this.#lastRemoved.frames;
  }

  /** Whether one kind of reader gets something else than the whole document. */
  hasView(kind: string): boolean {
    return this.#stream.views[kind] !== undefined;
  }

  /** The item's document as wire JSON, as one kind of reader gets it. */
  data(item: Pick<Encodable, "data">, kind: string): string {
    const view = this.#stream.views[kind];
    const data = item.data ?? "null";
    if (view === undefined) return data;
    // Our own writing, so it is not checked again.
    return JSON.stringify(viewed(view, JSON.parse(data) as WireDocument));
  }

  /** Lets go of everything: called when nobody watches. */
  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
    this.#last = null;
  }

  #find(item: Encodable, kind: string, id: string): MessageFrames {
    const slot = `${kind} ${id}`;
    const kept = this.#kept.get(slot);
    if (kept) return kept;
    const data = this.data(item, kind);
    const frames = { hash: contentHash(data), ...encodeEvent("message", id, data) };
    this.#keep(slot, frames);
    return frames;
  }

  #keep(slot: string, frames: MessageFrames): void {
    this.#kept.set(slot, frames);
    this.#bytes += frames.sse.byteLength;
    for (const [oldest, { sse }] of this.#kept) {
      if (this.#kept.size <= MOST_KEPT && this.#bytes <= MOST_KEPT_BYTES) return;
      this.#kept.delete(oldest);
      this.#bytes -= sse.byteLength;
    }
  }
}

/** An event whose data is JSON text already: parsing it only to write it again would cost more than all the rest. */
export function encodeEvent(event: "message" | "removed" | "change", id: string, data: string): EventFrames {
  return {
    sse: encoder.encode(encodeFrame(event === "message" ? { id, data } : { event, id, data })),
    socket: `{"id":${JSON.stringify(id)},"event":"${event}","data":${data}}`,
  };
}

/** A frame as the bytes that an SSE stream carries. */
export function sseBytes(event: string, data: unknown): Uint8Array {
  return encoder.encode(encodeFrame({ event, data: JSON.stringify(data) }));
}
