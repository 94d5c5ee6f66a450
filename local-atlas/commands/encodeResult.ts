import { type BsonDocument, encodeDocument } from "../bson/BsonDocument.ts";
import { checkResultNesting } from "../errors/checkNesting.ts";

/** A result of a pipeline as bytes; throws `Overflow` when the pipeline has made it too deep. */
export function encodeResult(result: BsonDocument): Uint8Array {
  const bytes = encodeDocument(result);
  checkResultNesting(bytes);
  return bytes;
}
