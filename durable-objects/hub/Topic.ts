import { describeError, logLine } from "../../protocol/logLine.ts";
import { formatEventId } from "../../protocol/eventId.ts";
import type { Ping } from "../../protocol/streamEvents.ts";
import { Counters } from "./Counters.ts";
import { Filters } from "./Filters.ts";
import { Pacer } from "./Pacer.ts";
import type { Farewell, Subscriber } from "./Subscriber.ts";
import { Subscribers } from "./Subscribers.ts";
import type { TopicContent } from "./TopicContent.ts";

/** The shortest pause between two rounds of a burst. */
const PAUSE_MS = 10;

/** Who comes and goes is told at most this often. */
const PRESENCE_PAUSE_MS = 1000;

interface TopicOptions<Entry extends { readonly seq: number }> {
  readonly name: string;
  readonly content: TopicContent<Entry>;
  /** Whether subscribers see each other. */
  readonly presence: boolean;
  readonly now: () => number;
  /** Called when a subscriber has come or gone. */
  readonly onChange: () => void;
  /** Called when a subscriber had no room for what it lacks. */
  readonly onBehind: () => void;
}

/** One topic: what it holds, its subscribers, and the pace at which changes go from the one to the others. */
export class Topic<Entry extends { readonly seq: number } = { readonly seq: number }> {
  readonly content: TopicContent<Entry>;
  readonly counters = new Counters();
  readonly filters = new Filters();
  readonly subscribers: Subscribers<Entry>;
  readonly #name: string;
  readonly #presence: Pacer | null;
  readonly #fanout: Pacer;
  readonly #now: () => number;
  #newestAt = 0;

  constructor({ name, content, presence, now, onChange, onBehind }: TopicOptions<Entry>) {
    this.#name = name;
    this.#now = now;
    this.content = content;
    this.subscribers = new Subscribers<Entry>({
      feed: content,
      framesFor: (entry, subscriber) => content.framesFor(entry, subscriber),
      lostRight: (subscriber) => content.lostRight(subscriber),
      counters: this.counters,
      now,
      breathe: () => scheduler.wait(0),
      onChange: () => this.#changed(onChange),
      onBehind,
      onClosed: (subscriber, farewell) => this.#noteClosed(subscriber, farewell),
    });
    this.#presence = presence ? this.#presencePacer() : null;
    this.#fanout = new Pacer({
      act: () => this.#tellAll(),
      // As long as a round takes: half of the time is for all else. A runtime that is pressed harder lets some clients
      // wait for seconds.
      pauseMs: (tookMs) => Math.max(PAUSE_MS, tookMs),
      now,
    });
  }

  /** Tells the subscribers what is new. `at`: when it was made, in milliseconds since 1970. */
  tell(at: number): void {
    if (this.subscribers.size === 0) return;
    this.#newestAt = at;
    this.#fanout.ask();
  }

  /** Tells who is watching, to those who had no room when it was news. */
  tellPresence(): void {
    if (this.#presence) this.subscribers.tellPresence();
  }

  /** What a subscriber's heartbeat says: what it was sent last, and the fingerprint of what it should be holding. */
  pingFor(subscriber: Subscriber): Ping {
    const at = new Date(this.#now()).toISOString();
    const epoch = this.content.epochFor(subscriber.subscription.reader);
    const id = subscriber.sentSeq > 0 ? { id: formatEventId({ epoch, seq: subscriber.sentSeq }) } : {};
    const hash = this.content.hashFor(subscriber);
    return hash === null ? { at, ...id } : { at, ...id, hash };
  }

  #presencePacer(): Pacer {
    return new Pacer({
      act: () => this.subscribers.tellPresence(),
      pauseMs: () => PRESENCE_PAUSE_MS,
      now: this.#now,
    });
  }

  async #tellAll(): Promise<void> {
    try {
      await this.subscribers.catchUpAll(this.#newestAt);
    } catch (error) {
      logLine("error", "fan-out-failed", { topic: this.#name, ...describeError(error) });
    }
  }

  #noteClosed({ transport }: Subscriber, { event, reason }: Farewell): void {
    logLine("info", "stream-closed", { topic: this.#name, transport, event, reason });
  }

  #changed(onChange: () => void): void {
    if (this.subscribers.size > 0) this.#presence?.ask();
    else this.#rest();
    onChange();
  }

  #rest(): void {
    this.#presence?.stop();
    this.#fanout.stop();
    this.filters.clear();
    this.content.rest();
  }
}
