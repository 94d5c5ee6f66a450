import { batch, signal, type Signal } from "@preact/signals";
import type { Viewer } from "../../protocol/streamEvents.ts";
import { noteContact } from "../api/contact.ts";
import { fetchItems } from "../api/streams.ts";
import { UNHEARD, type Health } from "../stream/health.ts";
import { openStream, type Stream } from "../stream/openStream.ts";
import type { State } from "../stream/states.ts";
import { currentEdits } from "./currentEdits.ts";
import { followSession } from "./followSession.ts";
import type { Transport, WatchedStream } from "./WatchedStream.ts";

export interface LiveItemsOptions<Item> {
  /** Address of the stream. */
  readonly url: string;
  /** Names the user and the topic; tabs of the same group use one connection together. */
  readonly tabGroup: string;
  readonly transport: Transport;
  readonly parse: (value: unknown) => Item;
  /** What is known already, so that the first paint need not wait. */
  readonly known: readonly Item[] | null;
}

/** The items of one topic on the page, as the stream says. */
export class LiveItems<Item extends { readonly _id: string }> implements WatchedStream {
  readonly state: Signal<State> = signal("connecting");
  readonly health: Signal<Health> = signal(UNHEARD);
  readonly silence: Signal<number | null> = signal(null);
  /** Who is watching right now, as far as it is known. */
  readonly viewers: Signal<readonly Viewer[]> = signal([]);
  /** `null` until they are known. What was known stays, also when the right to watch is gone. */
  readonly items: Signal<readonly Item[] | null>;
  readonly #options: LiveItemsOptions<Item>;
  #isKnown = false;
  #stream: Stream | null = null;

  constructor(options: LiveItemsOptions<Item>) {
    this.#options = options;
    this.items = signal(options.known);
  }

  get transport(): Transport {
    return this.#options.transport;
  }

  /** Opens the stream. @returns closes it. */
  watch(): () => void {
    const { url, tabGroup, transport, parse } = this.#options;
    const stream = openStream({
      url,
      tabGroup,
      parse,
      transport,
      onItems: (items) => batch(() => this.#arrived([...items.values()])),
      onState: (state) => batch(() => this.#changed(state)),
      onHealth: (health) => (this.health.value = health),
      onSilence: (seconds) => (this.silence.value = seconds),
      onViewers: (viewers) => (this.viewers.value = viewers),
    });
    this.#stream = stream;
    const stopFollowing = followSession(this);
    return () => {
      stopFollowing();
      stream.close();
    };
  }

  /** The user signed in again, or wants it to try now. */
  resume(): void {
    this.#stream?.resume();
  }

  #changed(state: State): void {
    this.state.value = state;
    if (state !== "live") this.viewers.value = [];
    if (state === "live") noteContact();
    if (state === "live") currentEdits.peek()?.wake();
    if (state === "reconnecting" && !this.#isKnown) void this.#fetch();
  }

  /** Where no stream gets through, the items can still be read. */
  async #fetch(): Promise<void> {
    const result = await fetchItems(this.#options.url, this.#options.parse);
    if (result.ok && !this.#isKnown) this.#arrived(result.value);
  }

  #arrived(items: readonly Item[]): void {
    this.#isKnown = true;
    this.items.value = items;
  }
}
