import type { BsonDocument } from "../bson/BsonDocument.ts";

/** What a document is tested with. */
export type Predicate = (document: BsonDocument) => boolean;

/** What a value is tested with; `undefined` stands for a missing field. */
export type ValueTest = (value: unknown) => boolean;
