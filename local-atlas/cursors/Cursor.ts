/** What `getMore` gives: documents, and for a change stream where it stands. */
export interface Batch {
  readonly documents: readonly Uint8Array[];
  /** True when nothing will follow. */
  readonly isLast: boolean;
  /** The `_data` of the token after this batch, of a change stream. */
  readonly resumeToken?: string;
}

/** How much a client wants at once, and how long it waits for it. */
export interface BatchRequest {
  /** `null` for as many as fit a message. */
  readonly size: number | null;
  /** Milliseconds that an empty stream may wait; `null` for the default of one second. */
  readonly maxTimeMS: number | null;
  /** Aborted when the client has gone. */
  readonly closed: AbortSignal;
  /** Called now and then; throws when the time is over. */
  readonly check: () => void;
}

/** A result that is fetched in parts. */
export interface Cursor {
  readonly namespace: string;
  /** Whether an empty `next` waits for what comes: only there a `getMore` may say how long. */
  readonly waits: boolean;
  next(request: BatchRequest): Promise<Batch>;
  /** Ends a `next` that waits. */
  close(): void;
}
