import type { Batch, BatchRequest, Cursor } from "./Cursor.ts";
import { takeBatch } from "./takeBatch.ts";

/** The rest of a result that was found at once, so that later writes do not change it. */
export class ResultCursor implements Cursor {
  readonly namespace: string;
  readonly waits = false;
  readonly #documents: readonly Uint8Array[];
  #position: number;

  constructor(namespace: string, documents: readonly Uint8Array[], position: number) {
    this.namespace = namespace;
    this.#documents = documents;
    this.#position = position;
  }

  next(request: BatchRequest): Promise<Batch> {
    const documents = takeBatch(this.#documents, this.#position, request.size);
    this.#position += documents.length;
    return Promise.resolve({ documents, isLast: this.#position >= this.#documents.length });
  }

  close(): void {
    this.#position = this.#documents.length;
  }
}
