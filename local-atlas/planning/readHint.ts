import { isDocument } from "../bson/BsonDocument.ts";
import { equalValues } from "../bson/compareValues.ts";
import { isNumeric, toNumber } from "../bson/numbers.ts";
import { CommandError } from "../errors/CommandError.ts";
import { type CollectionInfo, idIndexOf, type IndexInfo } from "../storage/collectionInfo.ts";

/** How a client wants the documents to be reached. */
export type Hint =
  | { readonly kind: "index"; readonly index: IndexInfo }
  | { readonly kind: "natural"; readonly direction: 1 | -1 };

/** Reads a hint, `undefined` for none; throws `BadValue` when it names no index of the collection. */
export function readHint(collection: CollectionInfo | null, hint: unknown): Hint | undefined {
  if (hint === undefined || collection === null) return undefined;
  if (isDocument(hint)) {
    if (Object.keys(hint).length === 0) return undefined;
    const natural = hint["$natural"];
    if (isNumeric(natural)) return { kind: "natural", direction: toNumber(natural) < 0 ? -1 : 1 };
  }
  const index = [idIndexOf(collection), ...collection.indexes].find(
    (candidate) => candidate.name === hint || equalValues(candidate.spec["key"], hint),
  );
  if (index !== undefined) return { kind: "index", index };
  throw new CommandError(
    "BadValue",
    "error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index",
  );
}
