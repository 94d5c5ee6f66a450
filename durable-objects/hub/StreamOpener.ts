import { parseEventId } from "../../protocol/eventId.ts";
import type { Subscription } from "../../protocol/subscription.ts";
import type { HubSettings } from "./hubSettings.ts";
import { decideResume, replayStart, type Resume } from "./resume.ts";
import { SocketSubscriber } from "./SocketSubscriber.ts";
import { SSE_HEADERS, SseSubscriber } from "./SseSubscriber.ts";
import type { Subscriber } from "./Subscriber.ts";
import type { Topic } from "./Topic.ts";

/** How long a client is told to wait before it reconnects: a different time for each. */
const SHORTEST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 4000;

interface StreamOpenerOptions {
  readonly ctx: DurableObjectState;
  readonly topic: Topic;
  readonly settings: HubSettings;
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** Opens the streams of a topic, over server-sent events or a hibernating WebSocket. */
export class StreamOpener {
  readonly #options: StreamOpenerOptions;

  constructor(options: StreamOpenerOptions) {
    this.#options = options;
  }

  /** Opens an event stream. */
  openSse(subscription: Subscription): Response {
    const { subscribers, filters } = this.#options.topic;
    const subscriber = new SseSubscriber({
      subscription,
      filter: filters.of(subscription.filter),
      retireAt: this.#retireAt(),
      retryMs: Math.round(this.#between(SHORTEST_RETRY_MS, LONGEST_RETRY_MS)),
      onRoom: (open) => subscribers.catchUp(open),
      onGone: (open) => subscribers.drop(open),
    });
    this.#admit(subscriber);
    return new Response(subscriber.stream, { headers: SSE_HEADERS });
  }

  /** Opens a WebSocket, which outlasts the object's sleep. */
  openSocket(subscription: Subscription): Response {
    const { 0: client, 1: server } = new WebSocketPair();
    this.#options.ctx.acceptWebSocket(server);
    const start = { subscription, retireAt: this.#retireAt() };
    this.#admit(SocketSubscriber.join(server, start, this.#socketOptions(subscription)));
    return new Response(null, { status: 101, webSocket: client });
  }

  /** Finds the sockets that stayed while the object slept. */
  wakeSockets(): void {
    const { ctx, topic } = this.#options;
    for (const socket of ctx.getWebSockets()) {
      // One that we closed is listed until its client agrees, and a client that is gone never does.
      if (socket.readyState !== WebSocket.OPEN) continue;
      topic.subscribers.restore(
        SocketSubscriber.wake(socket, (subscription) => this.#socketOptions(subscription)),
      );
    }
  }

  /** Lets go of a socket that closed. */
  dropSocket(socket: WebSocket): void {
    const { subscribers } = this.#options.topic;
    for (const subscriber of subscribers) {
      if (subscriber instanceof SocketSubscriber && subscriber.socket === socket)
        subscribers.drop(subscriber);
    }
  }

  /** Registers, replays, goes live: in this order, so that nothing falls in between. */
  #admit(subscriber: Subscriber): void {
    const { counters, subscribers, content } = this.#options.topic;
    const { lastEventId } = subscriber.subscription;
    const { cursor, reset } = this.#startOf(subscriber.subscription);
    subscriber.start(cursor, lastEventId === null ? content.head : -1);
    if (reset) subscriber.sendReset(reset);
    counters.add("joined");
    if (lastEventId !== null) counters.add(reset ? "reset" : "resumed");
    subscribers.add(subscriber);
  }

  #startOf({ lastEventId, since, reader }: Subscription): Resume {
    const { content } = this.#options.topic;
    const range = { ...content.range, epoch: content.epochFor(reader) };
    if (lastEventId !== null) return decideResume(parseEventId(lastEventId) ?? "malformed", range);
    if (since === null) return decideResume(null, range);
    const cursor = content.cursorAt(since);
    return cursor === null
      ? { cursor: replayStart(content.range), reset: "below-floor" }
      : { cursor, reset: null };
  }

  #socketOptions({ filter }: Subscription) {
    const { ctx, topic } = this.#options;
    return {
      filter: topic.filters.of(filter),
      lastPong: (socket: WebSocket) => ctx.getWebSocketAutoResponseTimestamp(socket),
    };
  }

  /** Lives differ, so that deployments and ends of sessions never find a herd. */
  #retireAt(): number {
    const { now, settings } = this.#options;
    return now() + this.#between(settings.streamMs / 2, settings.streamMs);
  }

  #between(low: number, high: number): number {
    return low + (high - low) * this.#options.random();
  }
}
