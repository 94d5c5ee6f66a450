import { parseEventId } from "../../protocol/eventId.ts";
import type { ProblemCode } from "../../protocol/problem.ts";
import type { Reader } from "../../protocol/reader.ts";
import type { Subscription } from "../../protocol/subscription.ts";
import { roleMark } from "../../streams/declare/roles.ts";
import type { Stream } from "../../streams/declare/Stream.ts";
import { Audience } from "./Audience.ts";
import { Frames, type EventFrames } from "./Frames.ts";
import { Log } from "./Log.ts";
import type { LogItem } from "./LogItem.ts";
import type { LogRange } from "./resume.ts";
import { Rights } from "./Rights.ts";
import { SetHashes } from "./SetHashes.ts";
import type { Farewell, Subscriber } from "./Subscriber.ts";
import type { TopicContent, Viewpoint } from "./TopicContent.ts";

interface DocumentsOptions {
  readonly stream: Stream;
  readonly key: string;
  readonly storage: DurableObjectStorage;
  readonly now: () => number;
  readonly newEpoch: () => string;
}

/** The items of a topic of kind `documents`, and who gets which of them. */
export class Documents implements TopicContent<LogItem> {
  readonly log: Log;
  readonly rights: Rights;
  readonly hashes: SetHashes;
  readonly #stream: Stream;
  readonly #frames: Frames;
  readonly #audience: Audience;
  /** The id of the only item of a topic that is one document. */
  readonly #only: string | null;

  constructor({ stream, key, storage, now, newEpoch }: DocumentsOptions) {
    this.#only = stream.topic.by === "id" ? JSON.stringify(key) : null;
    this.log = new Log({ storage, newEpoch, isSingle: this.#only !== null });
    this.rights = new Rights({ stream, storage, now });
    this.#stream = stream;
    this.#frames = new Frames(stream);
    const epochFor = (reader: Reader) => this.epochFor(reader);
    this.#audience = new Audience({ rights: this.rights, frames: this.#frames, epochFor });
    this.hashes = new SetHashes({ stream, log: this.log, rights: this.rights, audience: this.#audience });
  }

  /** Whether the topic is one document. */
  get isSingle(): boolean {
    return this.#only !== null;
  }

  /** A topic of many items is known once all of them were read; one document as soon as it was heard of. */
  get exists(): boolean {
    if (this.#only === null) return this.log.sure !== null && !this.rights.lacksGrant;
    return this.log.item(this.#only) !== null;
  }

  get head(): number {
    return this.log.head;
  }

  get range(): LogRange {
    return this.log.range;
  }

  /** With the roles that he reads by: who was away while they changed lacks what was no news to the topic. */
  epochFor(reader: Reader): string {
    return this.range.epoch + roleMark(this.#stream, reader);
  }

  since(cursor: number): readonly LogItem[] {
    return this.log.since(cursor);
  }

  /** Only the latest values are held: whoever asks since a moment gets all of them. */
  cursorAt(): number {
    return 0;
  }

  framesFor(item: LogItem, subscriber: Subscriber): EventFrames | null {
    return this.#audience.framesFor(item, subscriber);
  }

  lostRight({
    subscription: { reader },
  }: Pick<Subscriber, "subscription">): Extract<Farewell, { event: "revoked" }> | null {
    if (this.#mayWatch(reader)) return null;
    return { event: "revoked", reason: reader.kind === "guest" ? "share-ended" : "no-longer-a-member" };
  }

  /**
   * Whoever resumes has been let in before: he is told that the right is gone, and his browser stops asking. A stranger
   * is told nothing.
   */
  refusalOf({ reader, lastEventId }: Subscription): ProblemCode | null {
    if (!this.exists) return "not-found";
    // Whatever roles he had then.
    const resumes = parseEventId(lastEventId ?? "")?.epoch.startsWith(this.range.epoch) ?? false;
    if (!this.#mayWatch(reader)) return resumes ? "revoked" : "not-found";
    const isGone = this.#only !== null && this.log.item(this.#only)?.data === null;
    return isGone && !resumes ? "not-found" : null;
  }

  hashFor(subscriber: Subscriber): string | null {
    return subscriber.cursor === this.head ? this.hashes.of(subscriber) : null;
  }

  itemsFor(subscriber: Viewpoint): string {
    const shown: string[] = [];
    let page = this.log.since(0);
    while (page.length > 0) {
      for (const item of page) {
        const kind = this.#audience.kindFor(item, subscriber);
        if (kind !== null) shown.push(this.#frames.data(item, kind));
      }
      page = this.log.since(page.at(-1)?.seq ?? this.head);
    }
    return `[${shown.join(",")}]`;
  }

  rest(): void {
    this.#frames.clear();
    this.#audience.clear();
    this.hashes.clear();
  }

  /** By the rights of the one document, even one that is gone; by the topic's where there are many. */
  #mayWatch(reader: Reader): boolean {
    if (this.#only === null) return this.rights.mayOpen(reader);
    const item = this.log.item(this.#only);
    // Nothing was ever heard of it, so nothing is sent.
    if (!item) return true;
    return this.rights.kindOf(reader, item.access) !== null;
  }
}
