import { computed, effect, signal, untracked, type ReadonlySignal, type Signal } from "@preact/signals";
import { UNHEARD, type Health } from "../stream/health.ts";
import type { State } from "../stream/states.ts";
import type { LiveItems } from "./LiveItems.ts";
import type { WatchedStream } from "./WatchedStream.ts";

/** How to watch many topics at once: browsers allow only six connections per origin over HTTP/1.1, but many sockets. */
export const MANY = "websocket";

/** Topics that the server has closed to this user for good. */
const LOST: ReadonlySet<State> = new Set(["revoked", "gone"]);

interface OpenTopic<Item extends { readonly _id: string }> {
  readonly live: LiveItems<Item>;
  readonly close: () => void;
}

/** One stream for each of some keys, shown as one list. Which keys there are may change while it is watched. */
export class LiveTopics<Item extends { readonly _id: string }> implements WatchedStream {
  /** The items of the topics that are open to the user; `null` until those of one are known. */
  readonly items: ReadonlySignal<readonly Item[] | null> = computed(() => this.#itemsOfAll());
  /** `live` when all of them are; otherwise how the first is that is not. */
  readonly state: ReadonlySignal<State> = computed(() => this.#stateOfAll());
  /** That of the one that was heard the longest ago. */
  readonly health: ReadonlySignal<Health> = computed(() => this.#longestUnheard()?.health.value ?? UNHEARD);
  readonly silence: ReadonlySignal<number | null> = computed(
    () => this.#longestUnheard()?.silence.value ?? null,
  );
  readonly transport = MANY;
  readonly #keys: ReadonlySignal<readonly string[] | null>;
  readonly #open: (key: string) => LiveItems<Item>;
  readonly #topics: Signal<ReadonlyMap<string, OpenTopic<Item>>> = signal(new Map());

  /**
   * @param keys which topics to watch; `null` while that is not known.
   * @param open makes the live items of a topic.
   */
  constructor(keys: ReadonlySignal<readonly string[] | null>, open: (key: string) => LiveItems<Item>) {
    this.#keys = keys;
    this.#open = open;
  }

  /** A topic that is watched. */
  topic(key: string): LiveItems<Item> | undefined {
    return this.#topics.value.get(key)?.live;
  }

  /** True when the topic was taken from the user. */
  isLost(key: string): boolean {
    const live = this.topic(key);
    return live !== undefined && LOST.has(live.state.value);
  }

  /** Opens the streams. @returns closes them. */
  watch(): () => void {
    const stop = effect(() => {
      const keys = this.#keys.value ?? [];
      untracked(() => this.#keep(keys));
    });
    return () => {
      stop();
      this.#keep([]);
    };
  }

  resume(): void {
    for (const { live } of this.#topics.peek().values()) live.resume();
  }

  #keep(keys: readonly string[]): void {
    const before = this.#topics.peek();
    const after = new Map(keys.map((key) => [key, this.#stillOpen(before.get(key)) ?? this.#start(key)]));
    for (const [key, topic] of before) if (after.get(key) !== topic) topic.close();
    this.#topics.value = after;
  }

  /** A topic that was lost and is there again is opened again. */
  #stillOpen(topic: OpenTopic<Item> | undefined): OpenTopic<Item> | null {
    return topic && !LOST.has(topic.live.state.peek()) ? topic : null;
  }

  #start(key: string): OpenTopic<Item> {
    const live = this.#open(key);
    return { live, close: live.watch() };
  }

  #itemsOfAll(): readonly Item[] | null {
    const keys = this.#keys.value;
    if (keys === null || keys.length > this.#topics.value.size) return null;
    const lists = this.#held().map(({ items }) => items.value);
    const isKnown = lists.length === 0 || lists.some((items) => items !== null);
    return isKnown ? lists.flatMap((items) => items ?? []) : null;
  }

  #stateOfAll(): State {
    if (this.#keys.value === null) return "connecting";
    return (
      this.#held()
        .map(({ state }) => state.value)
        .find((state) => state !== "live") ?? "live"
    );
  }

  #longestUnheard(): LiveItems<Item> | undefined {
    return this.#held().toSorted((a, b) => heardAt(a) - heardAt(b))[0];
  }

  #held(): readonly LiveItems<Item>[] {
    return [...this.#topics.value.values()]
      .map(({ live }) => live)
      .filter(({ state }) => !LOST.has(state.value));
  }
}

function heardAt({ health }: { readonly health: ReadonlySignal<Health> }): number {
  return health.value.heardAt ?? 0;
}
