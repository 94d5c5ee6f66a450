/** A BSON value as canonical Extended JSON writes it. */
export type Ejson = null | boolean | string | number | readonly Ejson[] | EjsonDocument;

export interface EjsonDocument {
  readonly [field: string]: Ejson;
}

/** What a change did. Other operation types do not concern a stream. */
export type OperationType = "insert" | "update" | "replace" | "delete";

/** A MongoDB change event as the Atlas function posts it: canonical Extended JSON, projected to these fields. */
export interface ChangeEvent {
  readonly _id: { readonly _data: string };
  readonly operationType: OperationType;
  readonly ns: { readonly db: string; readonly coll: string };
  readonly documentKey: { readonly _id: Ejson };
  /** `null` when the document was gone when Atlas looked it up. */
  readonly fullDocument?: EjsonDocument | null;
  /** The document was too long to be posted: the hook reads it. */
  readonly documentOmitted?: true;
  readonly clusterTime?: Ejson;
  readonly wallTime?: Ejson;
}

/** What became of one posted event. */
export type EventOutcome = "published" | "repeat" | "stale" | "ignored";

/** One line of the hook's answer, in the order of the posted events. */
export interface EventResult {
  /** The event's resume token, `null` where it has none. */
  readonly id: string | null;
  readonly outcome: EventOutcome;
  /** Why it was ignored. */
  readonly reason?:
    | "unknown-collection"
    | "unknown-operation"
    | "invalid-key"
    | "no-cluster-time"
    | "no-document";
}

/** The answer of `POST /api/hooks/atlas`. */
export interface HookAnswer {
  readonly results: readonly EventResult[];
}
