import { type BsonDocument, encodeDocument } from "../bson/BsonDocument.ts";
import type { Oplog } from "../oplog/Oplog.ts";
import type { OplogEntry } from "../oplog/OplogEntry.ts";
import { formatToken, type OplogPlace } from "../oplog/resumeToken.ts";
import { changeEvent, type EventStyle, invalidateEvent } from "./changeEvent.ts";
import type { Batch, BatchRequest, Cursor } from "./Cursor.ts";
import { waitForChange } from "./waitForChange.ts";

/** What a change stream watches: all, one database, or one collection. */
export interface StreamScope {
  readonly database: string | null;
  readonly collection: string | null;
}

/** How a change stream was opened. */
export interface StreamOptions {
  readonly namespace: string;
  readonly scope: StreamScope;
  readonly style: EventStyle;
  /** The stages after `$changeStream`, for one event at a time; `null` drops the event. */
  readonly transform: (event: BsonDocument) => BsonDocument | null;
  readonly startAfter: OplogPlace;
}

const ENTRIES_AT_ONCE = 1000;
const MAX_BATCH_BYTES = 16 * 1024 * 1024;
const DEFAULT_WAIT_MS = 1000;
/** Only streams that ask for it see them. */
const EXPANDED: ReadonlySet<string> = new Set(["create", "createIndexes", "dropIndexes", "modify"]);
const CRUD: ReadonlySet<string> = new Set(["insert", "update", "replace", "delete"]);

/** Reads the oplog from a place on; an empty `next` waits for the next change instead of asking again and again. */
export class ChangeStreamCursor implements Cursor {
  readonly namespace: string;
  readonly waits = true;
  readonly #oplog: Oplog;
  readonly #options: StreamOptions;
  readonly #closed = new AbortController();
  #place: OplogPlace;
  #isOver = false;
  #pendingInvalidate: OplogEntry | null = null;

  constructor(oplog: Oplog, options: StreamOptions) {
    this.namespace = options.namespace;
    this.#oplog = oplog;
    this.#options = options;
    this.#place = options.startAfter;
  }

  async next(request: BatchRequest): Promise<Batch> {
    const first = this.take(request.size);
    if (first.documents.length > 0 || first.isLast) return first;
    const signals = AbortSignal.any([request.closed, this.#closed.signal]);
    const deadline = performance.now() + (request.maxTimeMS ?? DEFAULT_WAIT_MS);
    while (!signals.aborted) {
      const changed = await waitForChange(this.#oplog, deadline - performance.now(), signals);
      const batch = this.take(request.size);
      if (!changed || batch.documents.length > 0 || batch.isLast) return batch;
    }
    return this.take(0);
  }

  /** What is there already, without waiting. */
  take(size: number | null): Batch {
    const documents: Uint8Array[] = [];
    let bytes = 0;
    const isFull = () => (size !== null && documents.length >= size) || bytes >= MAX_BATCH_BYTES;
    while (!isFull() && !this.#isOver) {
      const events = this.#nextEvents();
      if (events === null) break;
      for (const event of events) {
        const encoded = encodeDocument(event);
        documents.push(encoded);
        bytes += encoded.length;
      }
    }
    return { documents, isLast: this.#isOver, resumeToken: formatToken(this.#place) };
  }

  close(): void {
    this.#closed.abort();
  }

  #buffer: OplogEntry[] = [];

  /** The events of the next entry (often none, since it is another collection's); `null` at the end of the oplog. */
  #nextEvents(): readonly BsonDocument[] | null {
    if (this.#pendingInvalidate !== null) return this.#invalidate(this.#pendingInvalidate);
    if (this.#buffer.length === 0) this.#buffer = [...this.#oplog.after(this.#place, ENTRIES_AT_ONCE)];
    const entry = this.#buffer.shift();
    if (entry === undefined) return null;
    this.#place = { time: entry.time, position: entry.position, kind: "event" };
    if (!isInScope(entry, this.#options.scope)) return [];
    if (EXPANDED.has(entry.operation) && !this.#options.style.isExpanded) return [];
    if (invalidates(entry, this.#options.scope)) this.#pendingInvalidate = entry;
    const event = changeEvent(entry, this.#options.style);
    return this.#transform(event);
  }

  #invalidate(entry: OplogEntry): readonly BsonDocument[] {
    this.#pendingInvalidate = null;
    this.#isOver = true;
    this.#place = { time: entry.time, position: entry.position, kind: "invalidate" };
    return this.#transform(invalidateEvent(entry));
  }

  #transform(event: BsonDocument): readonly BsonDocument[] {
    const result = this.#options.transform(event);
    return result === null ? [] : [result];
  }
}

function isInScope(entry: OplogEntry, { database, collection }: StreamScope): boolean {
  if (entry.operation === "noop") return false;
  if (database !== null && entry.database !== database) return false;
  if (collection === null) return true;
  if (entry.operation === "dropDatabase") return false;
  return entry.collection === collection || isRenamedTo(entry, database, collection);
}

function invalidates(entry: OplogEntry, { database, collection }: StreamScope): boolean {
  if (CRUD.has(entry.operation) || EXPANDED.has(entry.operation)) return false;
  if (collection !== null) return true;
  return database !== null && entry.operation === "dropDatabase";
}

/** A collection that takes the name of the watched one ends the stream as well. */
function isRenamedTo({ operation, to }: OplogEntry, database: string | null, collection: string): boolean {
  return operation === "rename" && to?.["db"] === database && to["coll"] === collection;
}
