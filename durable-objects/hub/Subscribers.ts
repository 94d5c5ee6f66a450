import { readerKey, type Reader } from "../../protocol/reader.ts";
import type { ResetReason } from "../../protocol/streamEvents.ts";
import type { Counters } from "./Counters.ts";
import type { Feed } from "./Feed.ts";
import type { EventFrames } from "./Frames.ts";
import { viewersOf } from "./presence.ts";
import { replayStart } from "./resume.ts";
import type { Farewell, Subscriber } from "./Subscriber.ts";

/** How many are handed an update before the runtime gets to send it. */
const AT_ONCE = 100;

export interface SubscribersOptions<Entry extends { readonly seq: number }> {
  readonly feed: Feed<Entry>;
  /** What an entry is to a subscriber; `null` for nothing to be sent. */
  framesFor(entry: Entry, subscriber: Subscriber): EventFrames | null;
  /** Why a subscriber may not watch any more, or `null`. Asked before anything is sent. */
  readonly lostRight: (subscriber: Subscriber) => Extract<Farewell, { event: "revoked" }> | null;
  readonly counters: Counters;
  readonly now: () => number;
  /** Lets the runtime do what waits. */
  readonly breathe: () => Promise<void>;
  /** Called when one has come or gone. */
  readonly onChange: () => void;
  /** Called when one had no room for what it lacks. */
  readonly onBehind: () => void;
  /** Called when a stream was closed by us. */
  readonly onClosed: (subscriber: Subscriber, farewell: Farewell) => void;
}

/**
 * Everybody who watches a topic. A first visit, a reconnect, a slow reader and a live one are the same to it: a cursor
 * that `catchUp` moves through the log.
 */
export class Subscribers<Entry extends { readonly seq: number } = { readonly seq: number }> {
  readonly #all = new Set<Subscriber>();
  /** Those that were closed, and whose clients have not taken what was sent to them. */
  readonly #lingering = new Set<Subscriber>();
  /** The list of viewers that each was sent last. */
  readonly #presenceSent = new WeakMap<Subscriber, string>();
  readonly #options: SubscribersOptions<Entry>;

  constructor(options: SubscribersOptions<Entry>) {
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
    const key = readerKey(reader);
    if (key === null) return 0;
    let count = 0;
    for (const { subscription } of this.#all) if (readerKey(subscription.reader) === key) count++;
    return count;
  }

  /** How many streams somebody has open here, as the object of that name counts them. */
  countOfHolder(holder: string): number {
    let count = 0;
    for (const { subscription } of this.#all) if (subscription.holder === holder) count++;
    return count;
  }

  /** How much the runtime holds for clients of closed streams: of one reader, or of all together. */
  unreleasedBytes(reader?: Reader): number {
    const key = reader && readerKey(reader);
    let bytes = 0;
    for (const subscriber of this.#lingering) {
      const { unreleasedBytes, subscription } = subscriber;
      if (unreleasedBytes === 0) this.#lingering.delete(subscriber);
      else if (!reader || readerKey(subscription.reader) === key) bytes += unreleasedBytes;
    }
    return bytes;
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
    if (subscriber.unreleasedBytes > 0) this.#lingering.add(subscriber);
    this.#options.counters.add(`closed:${farewell.event === "bye" ? farewell.reason : farewell.event}`);
    this.#options.onClosed(subscriber, farewell);
    this.#options.onChange();
  }

  /** Closes every stream, saying why. */
  closeAll(farewell: Farewell): void {
    for (const subscriber of this.#all) this.close(subscriber, farewell);
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
    const { feed } = this.#options;
    let handed = 0;
    if (!this.#all.has(subscriber)) return handed;
    if (this.#isBelowFloor(subscriber)) {
      // The floor may rise again before there is room: one reset says all.
      if (!subscriber.hasRoom()) return this.#leaveBehind(subscriber, handed);
      this.#reset(subscriber, "below-floor");
    }
    for (
      let entries = feed.since(subscriber.cursor);
      entries.length > 0;
      entries = feed.since(subscriber.cursor)
    ) {
      for (const entry of entries) {
        // Sending may at once ask for more, which then has moved the cursor already.
        if (entry.seq <= subscriber.cursor) continue;
        if (!subscriber.hasRoom()) return this.#leaveBehind(subscriber, handed);
        if (!this.checkRight(subscriber)) return handed;
        handed += this.#hand(subscriber, entry);
      }
    }
    subscriber.rest(true);
    if (!subscriber.isLive) subscriber.sendLive();
    return handed;
  }

  /** Closes the streams of those who may watch no more. */
  checkRights(): void {
    for (const subscriber of this.#all) this.checkRight(subscriber);
  }

  /** Closes the stream of one who may watch no more: a right can run out without any change. Answers whether it stays. */
  checkRight(subscriber: Subscriber): boolean {
    const farewell = this.#options.lostRight(subscriber);
    if (farewell) this.close(subscriber, farewell);
    return farewell === null;
  }

  /** Starts everybody over: what they hold can't be continued. */
  resetAll(reason: ResetReason): void {
    for (const subscriber of this.#all) this.startOver(subscriber, reason);
  }

  /** Starts one over. */
  startOver(subscriber: Subscriber, reason: ResetReason): void {
    if (!this.#all.has(subscriber)) return;
    this.#reset(subscriber, reason);
    this.catchUp(subscriber);
  }

  /** Tells those who are signed in who is watching, if they don't know and have room for it. */
  tellPresence(): void {
    const viewers = viewersOf(this.#all);
    const text = JSON.stringify(viewers);
    for (const subscriber of this.#all) {
      if (this.#presenceSent.get(subscriber) === text || !hearsPresence(subscriber)) continue;
      this.#presenceSent.set(subscriber, text);
      subscriber.sendPresence(viewers);
    }
  }

  #leaveBehind(subscriber: Subscriber, handed: number): number {
    subscriber.rest(false);
    this.#options.onBehind();
    return handed;
  }

  #isBelowFloor({ cursor }: Subscriber): boolean {
    const { floor, isHistory } = this.#options.feed.range;
    // Who has nothing yet can't have missed a removal.
    return cursor < floor && (isHistory || cursor > 0);
  }

  #reset(subscriber: Subscriber, reason: ResetReason): void {
    subscriber.start(replayStart(this.#options.feed.range), -1);
    subscriber.sendReset(reason);
    this.#options.counters.add("reset");
  }

  #noteDelay(at: number, delivered: number): void {
    const { counters, now } = this.#options;
    if (delivered > 0) counters.addDelay(now() - at, delivered);
  }

  #hand(subscriber: Subscriber, entry: Entry): number {
    const frames = this.#options.framesFor(entry, subscriber);
    const skipped = entry.seq - subscriber.cursor - 1;
    if (subscriber.isLive && skipped > 0) this.#options.counters.add("conflated", skipped);
    // Before it is sent: sending may at once ask for more, and the same update would go out twice.
    subscriber.pass(entry.seq, frames !== null);
    if (!frames) return 0;
    subscriber.sendEvent(frames);
    this.#options.counters.add("delivered");
    return 1;
  }
}

function hearsPresence(subscriber: Subscriber): boolean {
  const isKnown = subscriber.subscription.reader.kind === "user";
  return isKnown && subscriber.isLive && subscriber.hasRoom();
}
