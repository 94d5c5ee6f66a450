import type { Access } from "../../protocol/update.ts";
import type { Frames, EventFrames, MessageFrames } from "./Frames.ts";
import type { LogItem } from "./LogItem.ts";
import type { Rights } from "./Rights.ts";
import type { Subscriber } from "./Subscriber.ts";

interface AudienceOptions {
  readonly rights: Rights;
  readonly frames: Frames;
}

/** Decides what each subscriber is sent of an item: its value, that it has left, or nothing. */
export class Audience {
  readonly #options: AudienceOptions;

  constructor(options: AudienceOptions) {
    this.#options = options;
  }

  /** What an item's latest update is to a subscriber; `null` for nothing to be sent. */
  framesFor(item: LogItem, subscriber: Subscriber): EventFrames | null {
    const kind = this.kindFor(item, subscriber);
    if (kind === null) {
      return this.#mayHold(item, subscriber) ? this.#options.frames.removed(item) : null;
    }
    if (this.#holdsTheSame(item, subscriber, kind)) return null;
    return this.#options.frames.message(item, kind);
  }

  /** The value of an item that a subscriber should be holding; `null` for one that it should not hold. */
  valueFor(item: LogItem, subscriber: Subscriber): MessageFrames | null {
    const kind = this.kindFor(item, subscriber);
    return kind === null ? null : this.#options.frames.message(item, kind);
  }

  /** What kind of reader a subscriber is to an item that it should be holding; `null` for one that it should not. */
  kindFor(
    item: Pick<LogItem, "data" | "access">,
    { subscription, filter }: Pick<Subscriber, "subscription" | "filter">,
  ): string | null {
    if (item.data === null || !filter.matches(item)) return null;
    return this.#options.rights.kindOf(subscription.reader, item.access);
  }

  /** Rights that changed alone are no news to those who keep them. */
  #holdsTheSame({ former, data }: LogItem, subscriber: Subscriber, kind: string): boolean {
    if (!former || former.data !== data || subscriber.abreastAt < former.seq) return false;
    return this.kindFor(former, subscriber) === kind;
  }

  /**
   * Whether a subscriber may have been sent the item before. What it was before its latest update tells only for those
   * who were abreast of that, or have begun since. Of all others it is guessed: a cursor also passes what it was not sent.
   */
  #mayHold(item: LogItem, subscriber: Subscriber): boolean {
    const { former, seq } = item;
    if (former === null || seq <= subscriber.joinedAt) return false;
    const known = Math.max(subscriber.abreastAt, subscriber.joinedAt);
    if (former && former.seq <= known) return this.kindFor(former, subscriber) !== null;
    return this.#couldRead(item.pastAccess ?? item.access, subscriber);
  }

  #couldRead(access: Access | null, { subscription }: Subscriber): boolean {
    return this.#options.rights.kindOf(subscription.reader, access) !== null;
  }
}
