import { contentHash } from "../../protocol/contentHash.ts";
import { EMPTY_SET, xorHash } from "../../protocol/setHash.ts";
import { itemKeyOf } from "./eventData.ts";
import type { ReceivedEvent } from "./receivedEvent.ts";

/** All that one tab has to hand over so that another one holds the same. */
export interface HeldCopy {
  readonly cursor: string | null;
  /** The wire text of each item, in order. */
  readonly texts: readonly string[];
  readonly replaying: boolean;
  /** The keys of items that were not sent again since a reset. */
  readonly unconfirmed: readonly string[];
}

/**
 * What this tab holds of a stream: the wire text of each item by its key, the place to continue from, and a fingerprint
 * of the set that is kept up with every change.
 */
export class HeldItems {
  readonly #texts = new Map<string, string>();
  readonly #unconfirmed = new Set<string>();
  #hash = EMPTY_SET;
  #cursor: string | null = null;
  #replaying = true;
  #revision = 0;

  /** The wire text of each item by its key (see `itemKeyOf`). */
  get texts(): ReadonlyMap<string, string> {
    return this.#texts;
  }

  /** The id of the last event, or `null` for the whole. */
  get cursor(): string | null {
    return this.#cursor;
  }

  /** XOR of `contentHash` over all texts. */
  get hash(): string {
    return this.#hash;
  }

  /** True from a start or a reset until `live`: what is held is old and new at once. */
  get replaying(): boolean {
    return this.#replaying;
  }

  /** Another number after each change of the set. */
  get revision(): number {
    return this.#revision;
  }

  /** True for a tab that has heard nothing yet. */
  get isEmpty(): boolean {
    return this.#cursor === null && this.#texts.size === 0;
  }

  /** Takes in what the server sent. What can't be read is left out: the next heartbeat's self-check finds it missing. */
  take({ event, id, data }: ReceivedEvent): void {
    if (id !== undefined) this.#cursor = id;
    if (event === "message") this.#put(itemKeyOf(data), data);
    if (event === "removed") this.#drop(itemKeyOf(data));
    if (event === "reset") this.startOver();
    if (event === "live") this.#replayed();
  }

  /** Forgets the place, not the items: those that are not sent again until `live` go then. */
  startOver(): void {
    this.#cursor = null;
    this.#replaying = true;
    for (const key of this.#texts.keys()) this.#unconfirmed.add(key);
  }

  /** Whether this is what the server says it should be; also true when the heartbeat is about another place. */
  agreesWith({ id = null, hash }: { readonly id?: string | null; readonly hash?: string }): boolean {
    if (hash === undefined || this.#replaying || id !== this.#cursor) return true;
    return hash === this.#hash;
  }

  copy(): HeldCopy {
    return {
      cursor: this.#cursor,
      texts: [...this.#texts.values()],
      replaying: this.#replaying,
      unconfirmed: [...this.#unconfirmed],
    };
  }

  /** Becomes what another tab holds. */
  replaceBy(copy: HeldCopy): void {
    this.startOver();
    for (const text of copy.texts) this.#put(itemKeyOf(text), text);
    this.#replayed();
    this.#cursor = copy.cursor;
    for (const key of copy.unconfirmed) this.#unconfirmed.add(key);
    this.#replaying = copy.replaying;
  }

  #put(key: string | null, text: string): void {
    if (key === null) return;
    this.#unconfirmed.delete(key);
    const before = this.#texts.get(key);
    if (before === text) return;
    if (before !== undefined) this.#hash = xorHash(this.#hash, contentHash(before));
    this.#hash = xorHash(this.#hash, contentHash(text));
    this.#texts.set(key, text);
    this.#revision += 1;
  }

  #drop(key: string | null): void {
    const before = key === null ? undefined : this.#texts.get(key);
    if (key === null || before === undefined) return;
    this.#unconfirmed.delete(key);
    this.#texts.delete(key);
    this.#hash = xorHash(this.#hash, contentHash(before));
    this.#revision += 1;
  }

  #replayed(): void {
    for (const key of this.#unconfirmed) this.#drop(key);
    this.#replaying = false;
  }
}
