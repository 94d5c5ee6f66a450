import type { Reader } from "../../protocol/reader.ts";
import type { Access } from "../../protocol/update.ts";
import type { Frames, EventFrames, MessageFrames } from "./Frames.ts";
import { formerAt, type Former, type LogItem } from "./LogItem.ts";
import type { Rights } from "./Rights.ts";
import type { Subscriber } from "./Subscriber.ts";

interface AudienceOptions {
  readonly rights: Rights;
  readonly frames: Frames;
  /** The epoch in the ids that a reader is sent. */
  readonly epochFor: (reader: Reader) => string;
}

/** Decides what each subscriber is sent of an item: its value, that it has left, or nothing. */
export class Audience {
  readonly #options: AudienceOptions;
  /** What was compared last: in a fan-out everybody asks for the same. */
  #compared: {
    readonly held: Former;
    readonly item: LogItem;
    readonly kind: string;
    readonly areAlike: boolean;
  } | null = null;

  constructor(options: AudienceOptions) {
    this.#options = options;
  }

  /** What an item's latest update is to a subscriber; `null` for nothing to be sent. */
  framesFor(item: LogItem, subscriber: Subscriber): EventFrames | null {
    const { frames, epochFor } = this.#options;
    const epoch = epochFor(subscriber.subscription.reader);
    const kind = this.kindFor(item, subscriber);
    if (kind === null) return this.#mayHold(item, subscriber) ? frames.removed(item, epoch) : null;
    return this.#holdsTheSame(item, subscriber, kind) ? null : frames.message(item, kind, epoch);
  }

  /** The value of an item that a subscriber should be holding; `null` for one that it should not hold. */
  valueFor(item: LogItem, subscriber: Subscriber): MessageFrames | null {
    const { frames, epochFor } = this.#options;
    const kind = this.kindFor(item, subscriber);
    return kind === null ? null : frames.message(item, kind, epochFor(subscriber.subscription.reader));
  }

  /** What kind of reader a subscriber is to an item that it should be holding; `null` for one that it should not. */
  kindFor(
    item: Pick<LogItem, "data" | "access">,
    { subscription, filter }: Pick<Subscriber, "subscription" | "filter">,
  ): string | null {
    if (item.data === null || !filter.matches(item)) return null;
    return this.#options.rights.kindOf(subscription.reader, item.access);
  }

  /** What changed of an item may be nothing to this reader: rights that he keeps, or fields that he is not shown. */
  #holdsTheSame(item: LogItem, subscriber: Subscriber, kind: string): boolean {
    const held = formerAt(item, subscriber.abreastAt);
    if (!held || this.kindFor(held, subscriber) !== kind) return false;
    return held.data === item.data || this.#lookAlike(held, item, kind);
  }

  #lookAlike(held: Former, item: LogItem, kind: string): boolean {
    const last = this.#compared;
    if (last?.held === held && last.item === item && last.kind === kind) return last.areAlike;
    const { frames } = this.#options;
    const areAlike = frames.hasView(kind) && frames.data(held, kind) === frames.data(item, kind);
    this.#compared = { held, item, kind, areAlike };
    return areAlike;
  }

  /**
   * Whether a subscriber may have been sent the item before. That is known of those who were abreast of the log, or have
   * begun, at a moment when it is known what the item was. Of others it is guessed: a cursor also passes what was not sent.
   */
  #mayHold(item: LogItem, subscriber: Subscriber): boolean {
    if (item.seq <= subscriber.joinedAt) return false;
    const known = Math.max(subscriber.abreastAt, subscriber.joinedAt);
    const held = known < 0 ? undefined : formerAt(item, known);
    if (held === undefined) return this.#couldRead(item.pastAccess ?? item.access, subscriber);
    return held !== null && this.kindFor(held, subscriber) !== null;
  }

  /** Lets go of everything: called when nobody watches. */
  clear(): void {
    this.#compared = null;
  }

  #couldRead(access: Access | null, { subscription }: Subscriber): boolean {
    return this.#options.rights.kindOf(subscription.reader, access) !== null;
  }
}
