import type { EventOutcome } from "../../protocol/changeEvent.ts";
import type { Position } from "../../protocol/position.ts";
import type { Access, Update } from "../../protocol/update.ts";
import { ItemTable, type TopicSize } from "./ItemTable.ts";
import { formerOf, type LogItem } from "./LogItem.ts";
import { RecentItems } from "./RecentItems.ts";
import type { LogRange } from "./resume.ts";

/** What applying an update did. `item` is what the log holds now; `null` when that is nothing. */
export interface Applied {
  readonly outcome: Exclude<EventOutcome, "ignored">;
  readonly item: LogItem | null;
  readonly accessChanged: boolean;
}

/** What is kept of a log beside its items. */
interface Life {
  readonly schema: typeof SCHEMA_VERSION;
  readonly epoch: string;
  readonly floor: number;
  readonly watchedAt: number;
  readonly sure: Sure | null;
}

/** What the last reconcile of a topic of many items has made sure of. */
export interface Sure {
  /** The version up to which nothing can be missing. */
  readonly version: string;
  /** Where the database's history goes on. */
  readonly position: Position;
  /** Reconciles since everything was compared. */
  readonly reads: number;
}

const SCHEMA_VERSION = 2;
const LIFE = "life";

/** How long a removal is remembered, so that pages which slept through it still hear of it. */
const TOMBSTONE_MS = 86_400_000;

/** How many items a reader is handed before the next are looked up. */
const PAGE_ITEMS = 100;

/** How many pages are kept for those who join together. */
const MOST_PAGES = 100;

interface LogOptions {
  readonly storage: DurableObjectStorage;
  /** Names a new life: lower-case letters and digits, never the same twice. */
  readonly newEpoch: () => string;
  /** Whether the topic is one document: then a change of its rights alone is no news to those who keep them. */
  readonly isSingle: boolean;
}

/**
 * The compacted log of a topic, in the object's SQLite: the latest update of each item. Every change gets the next
 * seq; what is not newer than what is held gets none. All methods are synchronous, so nothing interleaves.
 */
export class Log {
  readonly #options: LogOptions;
  readonly #table: ItemTable;
  readonly #pages = new Map<number, readonly LogItem[]>();
  #life: Life | null;
  #head = 0;
  #recent: RecentItems;
  #last: LogItem | null = null;
  #size: TopicSize | null = null;
  /** The newest version of any item; `null` when it has to be looked up. */
  #newest: string | null = null;

  constructor(options: LogOptions) {
    this.#options = options;
    this.#table = new ItemTable(options.storage.sql);
    this.#life = this.#readLife();
    if (this.#life) this.#head = Math.max(this.#table.newestSeq(), this.#life.floor);
    this.#recent = new RecentItems(this.#head);
  }

  /** Whether there is a log at all. A topic that nobody published to, or that was forgotten, has none. */
  get exists(): boolean {
    return this.#life !== null;
  }

  /** When somebody last began or stopped watching; milliseconds since 1970. */
  get watchedAt(): number {
    return this.#life?.watchedAt ?? 0;
  }

  /** What the last reconcile has made sure of; `null` before the first, and for a topic of one document. */
  get sure(): Sure | null {
    return this.#life?.sure ?? null;
  }

  /** The newest version that was heard of; `null` for a log that holds none. */
  get newestVersion(): string | null {
    if (!this.exists) return null;
    const sure = this.sure?.version ?? null;
    this.#newest ??= this.#table.newestVersion();
    return this.#newest !== null && (sure === null || this.#newest > sure) ? this.#newest : sure;
  }

  /** The seq of the newest update. */
  get head(): number {
    return this.#head;
  }

  /** What can be resumed. */
  get range(): LogRange {
    return {
      epoch: this.#life?.epoch ?? "",
      head: this.#head,
      floor: this.#life?.floor ?? 0,
      isHistory: false,
    };
  }

  /** How much it holds. */
  get size(): TopicSize {
    this.#size ??= this.exists ? this.#table.size() : { items: 0, characters: 0 };
    return this.#size;
  }

  /** The latest update of an item, a tombstone included; `null` for an item never heard of. */
  item(id: string): LogItem | null {
    if (!this.exists) return null;
    if (this.#last?.id === id) return this.#last;
    this.#last = this.#table.get(id);
    return this.#last;
  }

  /** The ids and versions of the items that are there. */
  present(): ReturnType<ItemTable["present"]> {
    return this.exists ? this.#table.present() : [];
  }

  /** The next latest updates after a cursor, in the order of their seq. None means that there are no more. */
  since(cursor: number): readonly LogItem[] {
    if (cursor >= this.#head) return [];
    return this.#recent.since(cursor) ?? this.#pageAfter(cursor);
  }

  /** Takes an update in if it is newer than what is held. `now` in milliseconds since 1970. */
  apply(update: Update, now: number): Applied {
    this.begin(now);
    const held = this.item(update.id);
    const old = this.#outcomeOfOld(update, held);
    if (old) return { outcome: old, item: held, accessChanged: false };
    const access = update.access ?? held?.access ?? null;
    const accessChanged = JSON.stringify(access) !== JSON.stringify(held?.access ?? null);
    const pastAccess = accessChanged
      ? together(held?.pastAccess ?? held?.access ?? null, access)
      : (held?.pastAccess ?? null);
    const stored = { id: update.id, version: update.version, data: update.data, access, pastAccess };
    if (held !== null && held.data === update.data && (this.#options.isSingle || !accessChanged)) {
      return { outcome: "repeat", item: this.#renew({ ...held, ...stored }), accessChanged };
    }
    const item = { ...stored, seq: this.#head + 1, former: held && formerOf(held) };
    this.#store(item, held, now);
    return { outcome: "published", item, accessChanged };
  }

  /** Makes sure that there is a log. */
  begin(now: number): void {
    if (this.#life) return;
    this.#table.create();
    const epoch = this.#options.newEpoch();
    this.#keep({ schema: SCHEMA_VERSION, epoch, floor: 0, watchedAt: now, sure: null });
  }

  /** Notes what a reconcile has made sure of. What was sure before stays so. */
  noteSure(sure: Sure): void {
    if (!this.#life) return;
    const before = this.#life.sure?.version ?? "";
    const version = before > sure.version ? before : sure.version;
    this.#keep({ ...this.#life, sure: { ...sure, version } });
  }

  /** Notes that somebody began or stopped watching. */
  noteWatched(now: number): void {
    if (this.#life) this.#keep({ ...this.#life, watchedAt: now });
  }

  /**
   * Starts a new epoch under another cluster's clock: nobody's cursor holds any more, and any version counts. The seq
   * goes on, so that ids of open streams still rise.
   */
  beginEpoch(): void {
    if (!this.#life) return;
    this.#table.forgetVersions();
    this.#dropMemory();
    this.#keep({ ...this.#life, epoch: this.#options.newEpoch(), sure: null });
  }

  /** Gives an item the next seq although it has not changed, so that ids rise on the streams which get it again. */
  renumber(id: string, now: number): void {
    const held = this.item(id);
    if (held) this.#store({ ...held, seq: this.#head + 1, former: undefined }, held, now);
  }

  /** Forgets old removals, and with them the right to resume from before. */
  forgetOldRemovals(now: number): void {
    if (!this.#life) return;
    const floor = this.#table.deleteRemovals(now - TOMBSTONE_MS);
    if (floor === null) return;
    this.#dropMemory();
    this.#keep({ ...this.#life, floor });
  }

  /** Forgets everything. The next update begins a new life. */
  async forget(): Promise<void> {
    this.#life = null;
    this.#head = 0;
    this.#dropMemory();
    await this.#options.storage.deleteAll();
  }

  /** A log that another version of this code wrote is not understood: what it held is read again. */
  #readLife(): Life | null {
    const life = this.#options.storage.kv.get<Life>(LIFE);
    if (life?.schema === SCHEMA_VERSION) return life;
    this.#table.drop();
    return null;
  }

  #keep(life: Life): void {
    this.#life = life;
    this.#options.storage.kv.put(LIFE, life);
  }

  /** What an update is that says nothing new; `null` for one that is newer than all that is known of its item. */
  #outcomeOfOld({ version, data }: Update, held: LogItem | null): "repeat" | "stale" | null {
    if (held && version <= held.version) return version === held.version ? "repeat" : "stale";
    if (this.sure === null || version > this.sure.version) return null;
    return (held?.data ?? null) === data ? "repeat" : "stale";
  }

  #pageAfter(cursor: number): readonly LogItem[] {
    const known = this.#pages.get(cursor);
    if (known) return known;
    const page = this.#table.since(cursor, PAGE_ITEMS);
    if (this.#pages.size >= MOST_PAGES) this.#pages.clear();
    this.#pages.set(cursor, page);
    return page;
  }

  #renew(item: LogItem): LogItem {
    this.#table.renew(item);
    this.#noteVersion(item);
    this.#pages.clear();
    // Whoever has not had it yet gets it with the rights of now.
    this.#recent.replace(item);
    this.#last = item;
    return item;
  }

  #store(item: LogItem, held: LogItem | null, now: number): void {
    this.#table.put(item, item.data === null ? now : null);
    this.#head = item.seq;
    this.#noteVersion(item);
    this.#pages.clear();
    this.#recent.add(item);
    this.#last = item;
    if (this.#size) this.#size = sizeAfter(this.#size, held?.data ?? null, item.data);
  }

  #noteVersion({ version }: LogItem): void {
    if (this.#newest !== null && version > this.#newest) this.#newest = version;
  }

  #dropMemory(): void {
    this.#newest = null;
    this.#last = null;
    this.#size = null;
    this.#pages.clear();
    this.#recent.clear(this.#head);
  }
}

/** Everybody of both. */
function together(one: Access | null, other: Access | null): Access | null {
  if (!one || !other) return one ?? other;
  const shares = [...one.shares, ...other.shares];
  return {
    memberIds: [...new Set([...one.memberIds, ...other.memberIds])],
    shares: [...new Map(shares.map((share) => [share.tokenHash, share])).values()],
  };
}

function sizeAfter(size: TopicSize, before: string | null, after: string | null): TopicSize {
  return {
    items: size.items + Number(after !== null) - Number(before !== null),
    characters: size.characters + (after?.length ?? 0) - (before?.length ?? 0),
  };
}
