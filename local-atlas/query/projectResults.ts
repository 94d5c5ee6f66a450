import { Query } from "mingo";
import type { BsonDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { messageOf } from "./compileFilter.ts";
import { toPlainDocument, toTypedDocument } from "./plainValues.ts";
import { compileSimpleProjection, inOrderOf, type Projector } from "./projectDocument.ts";
import { splitSlices } from "./sliceProjection.ts";

/** Compiles the projection of a `find`: also `$slice`, `$elemMatch`, `field.$` and expressions, which `mingo` does. */
export function compileProjection(projection: BsonDocument, filter: BsonDocument): Projector {
  const sliced = splitSlices(projection);
  if (sliced !== null) {
    const rest = compileProjection(sliced.rest, filter);
    return (document) => sliced.cut(rest(document));
  }
  const simple = compileSimpleProjection(projection);
  if (simple !== null) return simple;
  const query = new Query(toPlainDocument(filter), { scriptEnabled: false });
  const plain = toPlainDocument(projection);
  return (document) => {
    try {
      const [result] = query.find<BsonDocument>([{ ...toPlainDocument(document) }], plain).all();
      return inOrderOf(toTypedDocument(result ?? {}, document), document, projection);
    } catch (error) {
      throw new CommandError("BadValue", messageOf(error), { cause: error });
    }
  };
}
