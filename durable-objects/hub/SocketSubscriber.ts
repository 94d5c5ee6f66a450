import {
  CLOSE_CODES,
  type Ping,
  type ResetReason,
  type SocketMessage,
  type Viewer,
} from "../../protocol/streamEvents.ts";
import type { Subscription } from "../../protocol/subscription.ts";
import type { Frames } from "./Frames.ts";
import type { LogItem } from "./Log.ts";
import type { Farewell, Subscriber } from "./Subscriber.ts";

/** Characters that may be under way to a client since it last showed a sign of life. */
const ROOM_CHARACTERS = 1024 * 1024;

/** What survives hibernation with the socket. The platform allows 16 KiB. */
interface Attachment {
  readonly subscription: Subscription;
  readonly retireAt: number;
  readonly cursor: number;
  readonly isLive: boolean;
}

/** What a socket's subscriber shares with its hub. */
interface SocketOptions {
  readonly frames: Frames;
  /** When the runtime last answered a ping of this socket by itself. */
  readonly lastPong: (socket: WebSocket) => Date | null;
}

/**
 * A subscriber over a hibernating WebSocket. The platform does not tell how much waits to be sent, so room is counted
 * from the client's pings: what was sent before the last one has arrived.
 */
export class SocketSubscriber implements Subscriber {
  readonly transport = "websocket";
  readonly subscription: Subscription;
  readonly retireAt: number;
  readonly socket: WebSocket;
  readonly #options: SocketOptions;
  #cursor: number;
  #isLive: boolean;
  #underWay = 0;
  #countedSince = 0;
  #closed = false;

  private constructor(socket: WebSocket, attachment: Attachment, options: SocketOptions) {
    this.socket = socket;
    this.subscription = attachment.subscription;
    this.retireAt = attachment.retireAt;
    this.#cursor = attachment.cursor;
    this.#isLive = attachment.isLive;
    this.#options = options;
  }

  /** A subscriber that has just come. */
  static join(
    socket: WebSocket,
    start: Pick<Attachment, "subscription" | "retireAt">,
    options: SocketOptions,
  ): SocketSubscriber {
    const subscriber = new SocketSubscriber(socket, { ...start, cursor: 0, isLive: false }, options);
    subscriber.#remember();
    return subscriber;
  }

  /** A subscriber that stayed while the object hibernated. */
  static wake(socket: WebSocket, options: SocketOptions): SocketSubscriber {
    return new SocketSubscriber(socket, socket.deserializeAttachment() as Attachment, options);
  }

  get cursor(): number {
    return this.#cursor;
  }

  set cursor(seq: number) {
    this.#cursor = seq;
    this.#remember();
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
    return this.#options.lastPong(this.socket)?.getTime() ?? 0;
  }

  sendItem(item: LogItem): void {
    this.#send(this.#options.frames.of(item, this.subscription.reader).socket);
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
    const { subscription, retireAt } = this;
    const attachment: Attachment = { subscription, retireAt, cursor: this.#cursor, isLive: this.#isLive };
    this.socket.serializeAttachment(attachment);
  }
}
