import type { BsonDocument } from "../bson/BsonDocument.ts";
import type { Flow, RunningStage } from "./Stage.ts";

/** A stage that makes one document of each. */
export function mapping(change: (document: BsonDocument) => BsonDocument | null): RunningStage {
  return function* mapped(input) {
    for (const document of input) yield document === null ? null : change(document);
  };
}

/** A stage that makes any number of documents of each. */
export function spreading(change: (document: BsonDocument) => Iterable<BsonDocument | null>): RunningStage {
  return function* spread(input) {
    for (const document of input) {
      if (document === null) yield null;
      else yield* change(document);
    }
  };
}

/** A stage that needs all documents before it gives the first one. */
export function gathering(change: (documents: readonly BsonDocument[]) => Flow): RunningStage {
  return function* gathered(input) {
    const documents: BsonDocument[] = [];
    for (const document of input) {
      if (document !== null) documents.push(document);
      yield null;
    }
    yield* change(documents);
  };
}

/** All documents of a flow, at once. */
export function allOf(flow: Flow): readonly BsonDocument[] {
  const documents: BsonDocument[] = [];
  for (const document of flow) if (document !== null) documents.push(document);
  return documents;
}
