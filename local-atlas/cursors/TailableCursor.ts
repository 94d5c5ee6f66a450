import type { Oplog } from "../oplog/Oplog.ts";
import type { StoredDocument } from "../storage/StoredDocument.ts";
import type { Batch, BatchRequest, Cursor } from "./Cursor.ts";
import { waitForChange } from "./waitForChange.ts";

/** What a tailable cursor reads. */
export interface Tail {
  readonly namespace: string;
  /** The documents that match after a record, in the order of insertion; `null` when the cursor's place is gone. */
  readonly after: (record: number) => readonly StoredDocument[] | null;
  readonly show: (stored: StoredDocument) => Uint8Array;
  /** Whether an empty read waits for the next document. */
  readonly waits: boolean;
}

const DEFAULT_WAIT_MS = 1000;

/** Reads a capped collection from a place on, and what will be inserted. */
export class TailableCursor implements Cursor {
  readonly namespace: string;
  readonly waits: boolean;
  readonly #oplog: Oplog;
  readonly #tail: Tail;
  readonly #closed = new AbortController();
  #record: number;

  constructor(oplog: Oplog, tail: Tail, record: number) {
    this.namespace = tail.namespace;
    this.waits = tail.waits;
    this.#oplog = oplog;
    this.#tail = tail;
    this.#record = record;
  }

  async next(request: BatchRequest): Promise<Batch> {
    const signals = AbortSignal.any([request.closed, this.#closed.signal]);
    const deadline = performance.now() + (request.maxTimeMS ?? DEFAULT_WAIT_MS);
    for (;;) {
      const batch = this.take(request.size);
      if (batch.documents.length > 0 || batch.isLast || !this.#tail.waits || signals.aborted) return batch;
      if (!(await waitForChange(this.#oplog, deadline - performance.now(), signals)))
        return this.take(request.size);
    }
  }

  /** What is there already, without waiting. */
  take(size: number | null): Batch {
    const found = this.#tail.after(this.#record);
    if (found === null) return { documents: [], isLast: true };
    const taken = size === null ? found : found.slice(0, size);
    this.#record = taken.at(-1)?.record ?? this.#record;
    return { documents: taken.map(this.#tail.show), isLast: false };
  }

  close(): void {
    this.#closed.abort();
  }
}
