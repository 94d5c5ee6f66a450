import { isDocument, type BsonDocument } from "../bson/BsonDocument.ts";
import { compareStrings, type StringOrder } from "../bson/compareStrings.ts";
import { compileCollation } from "../collation/compileCollation.ts";
import type { CommandContext } from "./CommandContext.ts";

/** The order of strings that a command on a collection asks for: its own collation, or that of the collection. */
export function stringsOf(
  context: CommandContext,
  name: string | null,
  collation: BsonDocument | undefined,
): StringOrder {
  if (collation !== undefined) return compileCollation(collation);
  const options = name === null ? undefined : context.view.collection(context.database, name)?.options;
  const own = options?.["collation"];
  return isDocument(own) ? compileCollation(own) : compareStrings;
}
