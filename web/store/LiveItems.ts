import { batch, signal, type Signal } from "@preact/signals";
import { fetchItems } from "../api/streams.ts";
import { openStream, type Stream } from "../stream/openStream.ts";
import type { State } from "../stream/states.ts";
import { followSession } from "./followSession.ts";
import { OwnChanges } from "./OwnChanges.ts";

export interface LiveItemsOptions<Item> {
  /** Address of the stream. */
  readonly url: string;
  /** Names the user and the topic; tabs of the same group use one connection together. */
  readonly tabGroup: string;
  readonly transport: "sse" | "websocket";
  readonly parse: (value: unknown) => Item;
  /** What is known already, so that the first paint need not wait. */
  readonly known: readonly Item[] | null;
}

/** The items of one topic on the page: what the stream says, and what the user just did until the stream says it too. */
export class LiveItems<Item extends { readonly _id: string }> {
  readonly state: Signal<State> = signal("connecting");
  /** `null` until they are known. What was known stays, also when the right to watch is gone. */
  readonly items: Signal<readonly Item[] | null>;
  readonly #options: LiveItemsOptions<Item>;
  readonly #own = new OwnChanges<Item>();
  #streamed: ReadonlyMap<string, Item> | null = null;
  #stream: Stream | null = null;

  constructor(options: LiveItemsOptions<Item>) {
    this.#options = options;
    this.items = signal(options.known);
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

  /** The server has saved what the user wrote. */
  saved(item: Item): void {
    this.#own.saved(item, this.#streamed);
    this.#show();
  }

  /** The server has removed what the user wanted gone. */
  removed(id: string): void {
    this.#own.removed(id, this.#streamed);
    this.#show();
  }

  #changed(state: State): void {
    this.state.value = state;
    if (state === "reconnecting" && this.#streamed === null) void this.#fetch();
  }

  /** Where no stream gets through, the items can still be read. */
  async #fetch(): Promise<void> {
    const result = await fetchItems(this.#options.url, this.#options.parse);
    if (result.ok && this.#streamed === null) this.#arrived(result.value);
  }

  #arrived(items: readonly Item[]): void {
    this.#streamed = new Map(items.map((item) => [item._id, item]));
    this.#own.arrived(this.#streamed);
    this.#show();
  }

  #show(): void {
    const known = this.#streamed ?? new Map(this.items.peek()?.map((item) => [item._id, item]));
    this.items.value = this.#own.over(known);
  }
}
