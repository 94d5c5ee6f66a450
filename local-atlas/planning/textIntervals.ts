import type { BsonDocument } from "../bson/BsonDocument.ts";
import { hasSureKey, OTHER_TEXTS, textKey } from "../collation/textKeys.ts";
import type { IndexInfo } from "../storage/collectionInfo.ts";
import type { TextIntervals } from "./conditionIntervals.ts";
import { type Constraints, constraintsOf } from "./constraints.ts";
import { pointOf, textsFrom } from "./interval.ts";

/** What a filter says about an index, whose texts may lie by the keys of a collation. */
export function constraintsFor(index: IndexInfo, filter: BsonDocument): Constraints {
  return constraintsOf(filter, index.collation === null ? null : textIntervals(index.collation));
}

/** A plain text is looked for by its key, and among all that are not plain. */
function textIntervals(collation: BsonDocument): TextIntervals {
  return (text) =>
    hasSureKey(text, collation) ? [pointOf(textKey(text, collation)), textsFrom(OTHER_TEXTS)] : null;
}
