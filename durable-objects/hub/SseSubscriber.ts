import type { Ping, ResetReason, Viewer } from "../../protocol/streamEvents.ts";
import type { Reader } from "../../protocol/reader.ts";
import { encodeFrame } from "../../protocol/sse.ts";
import type { Subscription } from "../../protocol/subscription.ts";
import type { ItemFilter } from "./Filters.ts";
import { sseBytes, type EventFrames } from "./Frames.ts";
import type { Farewell, Subscriber } from "./Subscriber.ts";

/** A proxy must neither keep nor change nor hold back a stream. */
export const SSE_HEADERS = {
  "content-type": "text/event-stream",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
} as const;

/** Bytes that may wait for a client before it counts as having no room. */
const ROOM_BYTES = 64 * 1024;

/** A heartbeat that clients never hear of: a line that the format calls a comment. */
const COMMENT = new TextEncoder().encode(": heartbeat\n\n");

/** Something to write that says nothing. */
const EMPTY_COMMENT = new TextEncoder().encode(":\n\n");

/** What a new subscriber needs to know. Times in milliseconds. */
interface SseOptions {
  readonly subscription: Subscription;
  readonly retireAt: number;
  /** How long the client is told to wait before it reconnects. */
  readonly retryMs: number;
  readonly filter: ItemFilter;
  /** Called when the client has taken what waited for it and wants more. */
  readonly onRoom: (subscriber: SseSubscriber) => void;
  /** Called when the client went away. */
  readonly onGone: (subscriber: SseSubscriber) => void;
}

/** A subscriber over `text/event-stream`. */
export class SseSubscriber implements Subscriber {
  readonly transport = "sse";
  subscription: Subscription;
  readonly retireAt: number;
  /** The body of the response. */
  readonly stream: ReadableStream<Uint8Array>;
  readonly filter: ItemFilter;
  cursor = 0;
  sentSeq = 0;
  joinedAt = -1;
  abreastAt = -1;
  isLive = false;
  /** Heartbeats in a row at which it had no room. */
  missedHeartbeats = 0;
  readonly #onGone: (subscriber: SseSubscriber) => void;
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  /** Of a stream that is closed for us, and whose client has yet to take what waits for it. */
  #closing: ReadableStreamDefaultController<Uint8Array> | null = null;
  #longestFrame = 0;
  #unpark: (() => void) | null = null;

  constructor(options: SseOptions) {
    this.subscription = options.subscription;
    this.retireAt = options.retireAt;
    this.filter = options.filter;
    this.#onGone = options.onGone;
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
          this.#enqueue(new TextEncoder().encode(encodeFrame({ retry: options.retryMs })));
        },
        pull: () => this.#pulled(options.onRoom),
        cancel: () => this.#gone(),
      },
      { highWaterMark: ROOM_BYTES, size: (chunk) => chunk?.byteLength ?? 0 },
    );
  }

  /** What waits in the queue, and the frame that the runtime holds while it writes: nothing of ours makes it let go. */
  get unreleasedBytes(): number {
    if (!this.#closing) return 0;
    return ROOM_BYTES - (this.#closing.desiredSize ?? ROOM_BYTES) + this.#longestFrame;
  }

  hasRoom(): boolean {
    const hasRoom = (this.#controller?.desiredSize ?? 0) > 0;
    if (!hasRoom) this.#unparkPull();
    return hasRoom;
  }

  readAs(reader: Reader): void {
    this.subscription = { ...this.subscription, reader };
  }

  start(cursor: number, joinedAt: number): void {
    this.cursor = cursor;
    this.sentSeq = cursor;
    this.joinedAt = joinedAt;
    this.abreastAt = -1;
  }

  pass(seq: number, isSent: boolean): void {
    this.cursor = seq;
    if (isSent) this.sentSeq = seq;
  }

  rest(isAll: boolean): void {
    if (isAll) this.abreastAt = this.cursor;
  }

  sendEvent({ sse }: EventFrames): void {
    this.#enqueue(sse);
  }

  sendReset(reason: ResetReason): void {
    this.isLive = false;
    this.#enqueue(sseBytes("reset", { reason }));
  }

  sendLive(): void {
    this.isLive = true;
    this.#enqueue(sseBytes("live", {}));
  }

  sendPing(ping: Ping): void {
    this.#enqueue(this.subscription.heartbeat === "comment" ? COMMENT : sseBytes("ping", ping));
  }

  /** Writes what no client hears of, to learn whether it is still there. */
  sendProbe(): void {
    this.#enqueue(EMPTY_COMMENT);
  }

  sendPresence(viewers: readonly Viewer[]): void {
    this.#enqueue(sseBytes("presence", { viewers }));
  }

  close({ event, reason }: Farewell): void {
    this.#enqueue(sseBytes(event, { reason }));
    const isTaken = this.hasRoom();
    this.#closing = this.#controller;
    this.#controller = null;
    // The end of a stream is not told to us: of one that is stalled, the next pull is.
    if (isTaken) this.#release();
  }

  #release(): void {
    const closing = this.#closing;
    this.#closing = null;
    try {
      closing?.close();
    } catch (error) {
      ignoreClosed(error);
    }
  }

  /**
   * The runtime pulls after every frame that a client took, unless the pull before has not been answered yet. So a client
   * that keeps up leaves its pull open: only one that had no room needs to be told when it has.
   */
  #pulled(onRoom: SseOptions["onRoom"]): Promise<void> | undefined {
    this.#release();
    onRoom(this);
    if (!this.hasRoom()) return undefined;
    return new Promise((resolve) => {
      this.#unpark = resolve;
    });
  }

  #unparkPull(): void {
    this.#unpark?.();
    this.#unpark = null;
  }

  #enqueue(bytes: Uint8Array): void {
    this.#longestFrame = Math.max(this.#longestFrame, bytes.byteLength);
    try {
      this.#controller?.enqueue(bytes);
    } catch (error) {
      ignoreClosed(error);
      this.#gone();
    }
  }

  #gone(): void {
    this.#closing = null;
    if (!this.#controller) return;
    this.#controller = null;
    this.#onGone(this);
  }
}

/** Writing to a stream whose client has left is a TypeError; leaving is no fault. */
function ignoreClosed(error: unknown): void {
  if (!(error instanceof TypeError)) throw error;
}
