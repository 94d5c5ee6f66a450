import {
  CLOSE_CODES,
  type Ping,
  type ResetReason,
  type SocketMessage,
  type Viewer,
} from "../../protocol/streamEvents.ts";
import type { Reader } from "../../protocol/reader.ts";
import type { Subscription } from "../../protocol/subscription.ts";
import type { ItemFilter } from "./Filters.ts";
import type { EventFrames } from "./Frames.ts";
import type { Farewell, Subscriber } from "./Subscriber.ts";

/** Characters that may be under way to a client since it last showed a sign of life. */
const ROOM_CHARACTERS = 1024 * 1024;

/** What survives hibernation with the socket. The platform allows 16 KiB. */
interface Attachment {
  readonly subscription: Subscription;
  readonly retireAt: number;
  readonly cursor: number;
  readonly sentSeq: number;
  readonly joinedAt: number;
  readonly abreastAt: number;
  readonly isLive: boolean;
}

/** What a socket's subscriber shares with its hub. */
interface SocketOptions {
  readonly filter: ItemFilter;
  /** When the runtime last answered a ping of this socket by itself. */
  readonly lastPong: (socket: WebSocket) => Date | null;
}

/**
 * A subscriber over a hibernating WebSocket. The platform does not tell how much waits to be sent, so room is counted
 * from the client's pings: what was sent before the last one has arrived.
 */
export class SocketSubscriber implements Subscriber {
  readonly transport = "websocket";
  /** The platform does not tell; it drops what a closed socket had not sent. */
  readonly unreleasedBytes = 0;
  readonly retireAt: number;
  readonly socket: WebSocket;
  readonly filter: ItemFilter;
  readonly #lastPong: SocketOptions["lastPong"];
  #subscription: Subscription;
  #cursor: number;
  #sentSeq: number;
  #joinedAt: number;
  #abreastAt: number;
  #isLive: boolean;
  #underWay = 0;
  #countedSince = 0;
  #closed = false;
  #isRemembered = true;

  private constructor(socket: WebSocket, attachment: Attachment, options: SocketOptions) {
    this.socket = socket;
    this.#subscription = attachment.subscription;
    this.retireAt = attachment.retireAt;
    this.filter = options.filter;
    this.#lastPong = options.lastPong;
    this.#cursor = attachment.cursor;
    this.#sentSeq = attachment.sentSeq;
    this.#joinedAt = attachment.joinedAt;
    this.#abreastAt = attachment.abreastAt;
    this.#isLive = attachment.isLive;
  }

  /** A subscriber that has just come. */
  static join(
    socket: WebSocket,
    start: Pick<Attachment, "subscription" | "retireAt">,
    options: SocketOptions,
  ): SocketSubscriber {
    const attachment = { ...start, cursor: 0, sentSeq: 0, joinedAt: -1, abreastAt: -1, isLive: false };
    const subscriber = new SocketSubscriber(socket, attachment, options);
    subscriber.#remember();
    return subscriber;
  }

  /** A subscriber that stayed while the object hibernated. */
  static wake(socket: WebSocket, options: (subscription: Subscription) => SocketOptions): SocketSubscriber {
    // Our own writing, so it is not checked again.
    const attachment = socket.deserializeAttachment() as Attachment;
    return new SocketSubscriber(socket, attachment, options(attachment.subscription));
  }

  get subscription(): Subscription {
    return this.#subscription;
  }

  get cursor(): number {
    return this.#cursor;
  }

  get sentSeq(): number {
    return this.#sentSeq;
  }

  get joinedAt(): number {
    return this.#joinedAt;
  }

  get abreastAt(): number {
    return this.#abreastAt;
  }

  readAs(reader: Reader): void {
    this.#subscription = { ...this.#subscription, reader };
    this.#remember();
  }

  start(cursor: number, joinedAt: number): void {
    this.#cursor = cursor;
    this.#sentSeq = cursor;
    this.#joinedAt = joinedAt;
    this.#abreastAt = -1;
    this.#remember();
  }

  pass(seq: number, isSent: boolean): void {
    this.#cursor = seq;
    if (isSent) this.#sentSeq = seq;
    this.#isRemembered = false;
  }

  /** Nothing puts the object to sleep before this: what the cursor passed in between need not be remembered. */
  rest(isAll: boolean): void {
    if (isAll && this.#abreastAt !== this.#cursor) {
      this.#abreastAt = this.#cursor;
      this.#isRemembered = false;
    }
    if (!this.#isRemembered) this.#remember();
  }

  get isLive(): boolean {
    return this.#isLive;
  }

  hasRoom(): boolean {
    if (this.#closed) return false;
    const pong = this.lastSign;
    if (pong > this.#countedSince) {
      this.#countedSince = pong;
      this.#underWay = 0;
    }
    return this.#underWay < ROOM_CHARACTERS;
  }

  /** When the client was last heard of, in milliseconds since 1970; 0 for one that never pings. */
  get lastSign(): number {
    return this.#lastPong(this.socket)?.getTime() ?? 0;
  }

  sendEvent({ socket }: EventFrames): void {
    this.#send(socket);
  }

  sendReset(reason: ResetReason): void {
    this.#isLive = false;
    this.#sendMessage({ event: "reset", data: { reason } });
  }

  sendLive(): void {
    this.#isLive = true;
    this.#remember();
    this.#sendMessage({ event: "live", data: {} });
  }

  sendPing(ping: Ping): void {
    this.#sendMessage({ event: "ping", data: ping });
  }

  sendPresence(viewers: readonly Viewer[]): void {
    this.#sendMessage({ event: "presence", data: { viewers } });
  }

  close({ event, reason }: Farewell): void {
    if (this.#closed) return;
    this.#sendMessage({ event, data: { reason } });
    this.#closed = true;
    this.socket.close(CLOSE_CODES[event], reason);
  }

  #sendMessage(message: SocketMessage): void {
    this.#send(JSON.stringify(message));
  }

  #send(text: string): void {
    if (this.#closed || this.socket.readyState !== WebSocket.OPEN) return;
    this.#underWay += text.length;
    this.socket.send(text);
  }

  #remember(): void {
    const attachment: Attachment = {
      subscription: this.subscription,
      retireAt: this.retireAt,
      cursor: this.#cursor,
      sentSeq: this.#sentSeq,
      joinedAt: this.#joinedAt,
      abreastAt: this.#abreastAt,
      isLive: this.#isLive,
    };
    this.socket.serializeAttachment(attachment);
    this.#isRemembered = true;
  }
}
