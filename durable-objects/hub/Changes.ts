import type { ProblemCode } from "../../protocol/problem.ts";
import { formatEventId } from "../../protocol/eventId.ts";
import type { Subscription } from "../../protocol/subscription.ts";
import type { WireDocument } from "../../protocol/wireJson.ts";
import type { Stream } from "../../streams/declare/Stream.ts";
import { viewed } from "../../streams/declare/views.ts";
import type { ChangeEntry, ChangeLog } from "./ChangeLog.ts";
import { encodeEvent, type EventFrames } from "./Frames.ts";
import type { LogRange } from "./resume.ts";
import type { Rights } from "./Rights.ts";
import type { Farewell, Subscriber } from "./Subscriber.ts";
import type { TopicContent, Viewpoint } from "./TopicContent.ts";

interface ChangesOptions {
  readonly stream: Stream;
  readonly log: ChangeLog;
  readonly rights: Rights;
}

/** The changes of a topic of kind `changes`, and who gets which of them. */
export class Changes implements TopicContent<ChangeEntry> {
  readonly #options: ChangesOptions;
  /** By entry, then by kind of reader. */
  readonly #frames = new WeakMap<ChangeEntry, Map<string, EventFrames>>();

  constructor(options: ChangesOptions) {
    this.#options = options;
  }

  get exists(): boolean {
    return this.#options.log.exists;
  }

  get head(): number {
    return this.#options.log.head;
  }

  get range(): LogRange {
    return this.#options.log.range;
  }

  /** What has happened stays as everybody was told of it, whatever his rights have become. */
  epochFor(): string {
    return this.range.epoch;
  }

  since(cursor: number): readonly ChangeEntry[] {
    return this.#options.log.since(cursor);
  }

  cursorAt(moment: number): number | null {
    return this.#options.log.cursorAt(moment);
  }

  framesFor(entry: ChangeEntry, subscriber: Subscriber): EventFrames | null {
    const kind = this.#kindFor(entry, subscriber);
    if (kind === null) return null;
    const known = this.#frames.get(entry) ?? new Map<string, EventFrames>();
    const frames = known.get(kind) ?? this.#encode(entry, kind);
    this.#frames.set(entry, known.set(kind, frames));
    return frames;
  }

  lostRight({
    subscription,
  }: Pick<Subscriber, "subscription">): Extract<Farewell, { event: "revoked" }> | null {
    const mayWatch = this.#options.rights.mayOpen(subscription.reader);
    return mayWatch ? null : { event: "revoked", reason: "no-longer-a-member" };
  }

  refusalOf({ reader }: Subscription): ProblemCode | null {
    return this.#options.rights.mayOpen(reader) ? null : "not-found";
  }

  hashFor(): null {
    return null;
  }

  itemsFor(reader: Viewpoint): string {
    const shown: string[] = [];
    let page = this.since(this.range.floor);
    while (page.length > 0) {
      for (const entry of page) {
        const kind = this.#kindFor(entry, reader);
        if (kind !== null) shown.push(this.#textOf(entry, kind));
      }
      page = this.since(page.at(-1)?.seq ?? this.head);
    }
    return `[${shown.join(",")}]`;
  }

  /** Nothing is kept for those who watch. */
  rest(): void {}

  #kindFor(entry: ChangeEntry, { subscription, filter }: Viewpoint): string | null {
    if (filter.key !== "" && (entry.data === null || !filter.matches(entry))) return null;
    return this.#options.rights.kindOf(subscription.reader, null);
  }

  #encode(entry: ChangeEntry, kind: string): EventFrames {
    const { epoch } = this.range;
    return encodeEvent("change", formatEventId({ epoch, seq: entry.seq }), this.#textOf(entry, kind));
  }

  /** The event as JSON text. A view shows less than the whole, so what an update set may be among what it hides. */
  #textOf({ head, description, data, isCurrent }: ChangeEntry, kind: string): string {
    const { stream } = this.#options;
    const view = stream.views[kind];
    const isWhole = view === undefined && stream.fields === null;
    const parts = [head.slice(0, -1)];
    if (data !== null && isCurrent) {
      // Our own writing, so it is not checked again.
      const shown = view ? JSON.stringify(viewed(view, JSON.parse(data) as WireDocument)) : data;
      parts.push(`"fullDocument":${shown}`);
    }
    if (description !== null && isWhole) parts.push(`"updateDescription":${description}`);
    return `${parts.join(",")}}`;
  }
}
