import { formatEventId } from "../../protocol/eventId.ts";
import { mayRead, type Reader } from "../../protocol/reader.ts";
import type { Ping, ResetReason } from "../../protocol/streamEvents.ts";
import type { Counters } from "./Counters.ts";
import type { Frames } from "./Frames.ts";
import type { Log, LogItem } from "./Log.ts";
import { viewersOf } from "./presence.ts";
import type { Farewell, Subscriber } from "./Subscriber.ts";

/** How many are handed an update before the runtime gets to send it. */
const AT_ONCE = 100;

interface SubscribersOptions {
  readonly log: Log;
  readonly frames: Frames;
  readonly counters: Counters;
  readonly now: () => number;
  /** Lets the runtime do what waits. */
  readonly breathe: () => Promise<void>;
  /** Called when one has come or gone. */
  readonly onChange: () => void;
  /** Called when one had no room for what it lacks. */
  readonly onBehind: () => void;
}

/**
 * Everybody who watches a topic. A first visit, a reconnect, a slow reader and a live one are the same to it: a cursor
 * that `catchUp` moves through the log.
 */
export class Subscribers {
  readonly #all = new Set<Subscriber>();
  /** Who each was told is watching. */
  readonly #told = new WeakMap<Subscriber, string>();
  readonly #options: SubscribersOptions;

  constructor(options: SubscribersOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#all.size;
  }

  [Symbol.iterator](): Iterator<Subscriber> {
    return this.#all.values();
  }

  /** How many streams a user, or all guests of one link together, have open here. */
  countOf(reader: Reader): number {
    const key = keyOf(reader);
    let count = 0;
    for (const { subscription } of this.#all) if (keyOf(subscription.reader) === key) count++;
    return count;
  }

  /** How many streams of one kind are open. */
  countBy(transport: Subscriber["transport"]): number {
    let count = 0;
    for (const subscriber of this.#all) if (subscriber.transport === transport) count++;
    return count;
  }

  /** Takes one in and hands over what it lacks. */
  add(subscriber: Subscriber): void {
    this.#all.add(subscriber);
    this.catchUp(subscriber);
    this.#options.onChange();
  }

  /** Takes in one that stayed while the object hibernated: it has what it needs. */
  restore(subscriber: Subscriber): void {
    this.#all.add(subscriber);
  }

  /** Lets go of one whose client has left. */
  drop(subscriber: Subscriber): void {
    if (!this.#all.delete(subscriber)) return;
    this.#options.counters.add("closed:left");
    this.#options.onChange();
  }

  /** Closes a stream, saying why. */
  close(subscriber: Subscriber, farewell: Farewell): void {
    if (!this.#all.delete(subscriber)) return;
    subscriber.close(farewell);
    this.#options.counters.add(`closed:${farewell.event === "bye" ? farewell.reason : farewell.event}`);
    this.#options.onChange();
  }

  /** Closes the streams of a session that has ended. */
  endSession(sessionId: string): void {
    for (const subscriber of this.#all) {
      if (subscriber.subscription.sessionId === sessionId) {
        this.close(subscriber, { event: "reauth", reason: "signed-out" });
      }
    }
  }

  /**
   * Hands an update to everybody who has room. `at`: when the change was made, in milliseconds since 1970. The runtime
   * sends nothing while this works, so it works on some at a time: their clients need not wait for the last one's turn.
   */
  async catchUpAll(at: number): Promise<void> {
    let visited = 0;
    let delivered = 0;
    for (const subscriber of this.#all) {
      delivered += this.catchUp(subscriber);
      if (++visited % AT_ONCE > 0) continue;
      this.#noteDelay(at, delivered);
      delivered = 0;
      await this.#options.breathe();
    }
    this.#noteDelay(at, delivered);
  }

  /** Hands over what a subscriber lacks while it has room, then `live`. Answers how many updates it took. */
  catchUp(subscriber: Subscriber): number {
    const { log } = this.#options;
    if (!this.#all.has(subscriber)) return 0;
    let handed = 0;
    for (const item of log.since(subscriber.cursor)) {
      // Sending may at once ask for more, which then has moved the cursor already.
      if (item.seq <= subscriber.cursor) continue;
      if (!subscriber.hasRoom()) {
        this.#options.onBehind();
        return handed;
      }
      if (!this.#mayHave(subscriber, item)) return handed;
      this.#hand(subscriber, item);
      handed++;
    }
    if (!subscriber.isLive) subscriber.sendLive();
    return handed;
  }

  /** Closes the streams of those who may no longer see an item. */
  checkAccess(item: LogItem): void {
    for (const subscriber of this.#all) this.#mayHave(subscriber, item);
  }

  /** Closes the stream of one who may no longer see what it watches: a right can run out without any change. */
  checkAccessOf(subscriber: Subscriber): void {
    const item = this.#options.log.item(subscriber.subscription.planId);
    if (item) this.#mayHave(subscriber, item);
  }

  /** Starts everybody over: what they hold can't be continued. */
  resetAll(reason: ResetReason): void {
    for (const subscriber of this.#all) {
      subscriber.cursor = 0;
      subscriber.sendReset(reason);
      this.#options.counters.add("reset");
      this.catchUp(subscriber);
    }
  }

  /** Tells members who is watching, if they don't know and have room for it. */
  tellPresence(): void {
    const viewers = viewersOf(this.#all);
    const text = JSON.stringify(viewers);
    for (const subscriber of this.#all) {
      if (this.#told.get(subscriber) === text || !this.#hearsPresence(subscriber)) continue;
      this.#told.set(subscriber, text);
      subscriber.sendPresence(viewers);
    }
  }

  /** What a subscriber's heartbeat says: what it was handed last, and its fingerprint while that is still the newest. */
  pingFor(subscriber: Subscriber): Ping {
    const { log, frames, now } = this.#options;
    const at = new Date(now()).toISOString();
    if (subscriber.cursor === 0) return { at };
    const id = formatEventId({ epoch: log.range.epoch, seq: subscriber.cursor });
    const item = log.item(subscriber.subscription.planId);
    if (item?.seq !== subscriber.cursor) return { at, id };
    const { hash } = frames.of(item, subscriber.subscription.reader);
    return hash === null ? { at, id } : { at, id, hash };
  }

  #noteDelay(at: number, delivered: number): void {
    const { counters, now } = this.#options;
    if (delivered > 0) counters.addDelay(now() - at, delivered);
  }

  #mayHave(subscriber: Subscriber, item: LogItem): boolean {
    const { reader } = subscriber.subscription;
    if (item.access && mayRead(item.access, reader, this.#options.now())) return true;
    const reason = reader.kind === "guest" ? "share-ended" : "no-longer-a-member";
    this.close(subscriber, { event: "revoked", reason });
    return false;
  }

  #hand(subscriber: Subscriber, item: LogItem): void {
    const skipped = item.seq - subscriber.cursor - 1;
    if (subscriber.isLive && skipped > 0) this.#options.counters.add("conflated", skipped);
    // Before it is sent: sending may at once ask for more, and the same update would go out twice.
    subscriber.cursor = item.seq;
    subscriber.sendItem(item);
    this.#options.counters.add("delivered");
  }

  #hearsPresence(subscriber: Subscriber): boolean {
    const isMember = subscriber.subscription.reader.kind === "member";
    return isMember && subscriber.isLive && subscriber.hasRoom();
  }
}

function keyOf(reader: Reader): string {
  return reader.kind === "member" ? reader.userId : reader.tokenHash;
}
