import { runGivingWay } from "../steps/runGivingWay.ts";
import type { Steps } from "../steps/Steps.ts";
import type { Batch, BatchRequest, Cursor } from "./Cursor.ts";
import { MAX_BATCH_BYTES } from "./takeBatch.ts";

/** Where a cursor takes its results from. */
export interface ResultSource {
  readonly namespace: string;
  /** One result after the other; `null` is a step that gave none. */
  readonly results: Iterator<Uint8Array | null>;
  /** So many results at most, so that the last one is known to be the last. */
  readonly limit: number;
  /** Called before every batch: throws when what is read is no longer there. */
  readonly check: () => void;
}

/** A result that is found while it is fetched: what is written between two batches may be in it. */
export class StreamCursor implements Cursor {
  readonly namespace: string;
  readonly waits = false;
  readonly #source: ResultSource;
  #left: number;
  /** Found, but too large for the batch before. */
  #kept: Uint8Array | null = null;

  constructor(source: ResultSource) {
    this.namespace = source.namespace;
    this.#source = source;
    this.#left = source.limit;
  }

  next({ size, check }: Pick<BatchRequest, "size" | "check">): Promise<Batch> {
    this.#source.check();
    return runGivingWay(this.#steps(size ?? Infinity), check);
  }

  close(): void {
    this.#left = 0;
  }

  *#steps(size: number): Steps<Batch> {
    const documents: Uint8Array[] = [];
    let bytes = 0;
    while (documents.length < size && this.#left > 0) {
      const result = yield* this.#nextResult();
      if (result === null) return { documents, isLast: true };
      bytes += result.length;
      if (bytes > MAX_BATCH_BYTES && documents.length > 0) {
        this.#kept = result;
        return { documents, isLast: false };
      }
      documents.push(result);
      this.#left--;
    }
    return { documents, isLast: this.#left === 0 };
  }

  *#nextResult(): Steps<Uint8Array | null> {
    const kept = this.#kept;
    this.#kept = null;
    if (kept !== null) return kept;
    for (;;) {
      const next = this.#source.results.next();
      if (next.done === true) return null;
      if (next.value !== null) return next.value;
      yield;
    }
  }
}
