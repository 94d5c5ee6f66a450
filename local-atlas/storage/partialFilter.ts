import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { isOperatorDocument } from "../query/isOperatorDocument.ts";

/** What a partial index may ask for: of everything else the server cannot tell whether a query implies it. */
const OPERATORS = new Set(["$eq", "$in", "$gt", "$gte", "$lt", "$lte", "$type", "$exists"]);
const COMBINATIONS = new Set(["$and", "$or"]);

/** Throws `CannotCreateIndex` for a filter that a partial index cannot have. */
export function checkPartialFilter(filter: BsonDocument): void {
  for (const [name, condition] of Object.entries(filter)) {
    if (COMBINATIONS.has(name)) {
      for (const branch of Array.isArray(condition) ? condition.filter(isDocument) : [])
        checkPartialFilter(branch);
    } else if (name.startsWith("$")) throw unsupported(name);
    else if (isOperatorDocument(condition)) checkOperators(condition);
  }
}

function checkOperators(condition: BsonDocument): void {
  for (const [operator, argument] of Object.entries(condition)) {
    if (!OPERATORS.has(operator)) throw unsupported(operator);
    if (operator === "$exists" && argument === false) throw unsupported("$exists: false");
  }
}

function unsupported(what: string): CommandError {
  return new CommandError("CannotCreateIndex", `Expression not supported in partial index: ${what}`);
}
