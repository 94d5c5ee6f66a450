import { EMPTY_SET, xorHash } from "../../protocol/setHash.ts";
import type { Stream } from "../../streams/declare/Stream.ts";
import type { Audience } from "./Audience.ts";
import type { Log } from "./Log.ts";
import type { LogItem } from "./LogItem.ts";
import type { Rights } from "./Rights.ts";
import type { Subscriber } from "./Subscriber.ts";

/** More kinds of subscribers than this are not proved: each costs a look at every item. */
const MOST_GROUPS = 200;

interface SetHashesOptions {
  readonly stream: Stream;
  readonly log: Log;
  readonly rights: Rights;
  readonly audience: Audience;
}

interface Group {
  /** Stands for all: they may read the same and asked for the same. */
  readonly subscriber: Subscriber;
  head: number;
  hash: string;
}

/**
 * The fingerprint of the items that a subscriber should be holding: the exclusive or of theirs, so that their order does
 * not matter and a change costs no more than the item that changed.
 */
export class SetHashes {
  readonly #options: SetHashesOptions;
  readonly #groups = new Map<string, Group>();

  constructor(options: SetHashesOptions) {
    this.#options = options;
  }

  /** The fingerprint for a subscriber that has caught up; `null` when there are too many kinds of them. */
  of(subscriber: Subscriber): string | null {
    const { log } = this.#options;
    const key = this.#keyOf(subscriber);
    const known = this.#groups.get(key);
    if (known?.head === log.head) return known.hash;
    if (!known && this.#groups.size >= MOST_GROUPS) return null;
    const group = { subscriber, head: log.head, hash: this.#hashOfAll(subscriber) };
    this.#groups.set(key, group);
    return group.hash;
  }

  /** Takes in the newest update of the log. */
  add(item: LogItem): void {
    const { former } = item;
    if (former === undefined) return;
    const before: LogItem | null = former && { ...item, ...former };
    for (const group of this.#groups.values()) {
      if (group.head !== item.seq - 1) continue;
      if (before) group.hash = xorHash(group.hash, this.#hashOf(before, group.subscriber));
      group.hash = xorHash(group.hash, this.#hashOf(item, group.subscriber));
      group.head = item.seq;
    }
  }

  /** Lets go of everything: called when nobody watches, or when rights have changed. */
  clear(): void {
    this.#groups.clear();
  }

  #hashOfAll(subscriber: Subscriber): string {
    const { log } = this.#options;
    let hash = EMPTY_SET;
    let page = log.since(0);
    while (page.length > 0) {
      for (const item of page) hash = xorHash(hash, this.#hashOf(item, subscriber));
      page = log.since(page.at(-1)?.seq ?? log.head);
    }
    return hash;
  }

  #hashOf(item: LogItem, subscriber: Subscriber): string {
    return this.#options.audience.valueFor(item, subscriber)?.hash ?? EMPTY_SET;
  }

  #keyOf({ subscription, filter }: Subscriber): string {
    const { stream, rights } = this.#options;
    const { reader } = subscription;
    const isPersonal = stream.readers.some(({ by }) => by === "members" || by === "shareLinks");
    const who = isPersonal ? JSON.stringify(reader) : rights.kindOf(reader, null);
    return `${who ?? ""} ${filter.key}`;
  }
}
