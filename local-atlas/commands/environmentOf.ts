import type { BsonDocument } from "../bson/BsonDocument.ts";
import { compareStrings, type StringOrder } from "../bson/compareStrings.ts";
import { evaluateVariables } from "../expressions/compileExpression.ts";
import type { Environment } from "../expressions/Environment.ts";
import { toTimestamp } from "../oplog/clusterTime.ts";
import type { CommandContext } from "./CommandContext.ts";

/** What the expressions of a command may read beside documents; `variables` is its `let`, `strings` its collation. */
export function environmentOf(
  context: CommandContext,
  variables?: BsonDocument,
  strings: StringOrder = compareStrings,
): Environment {
  const environment: Environment = {
    now: new Date(context.store.now()),
    clusterTime: toTimestamp(context.store.clock.latest),
    variables: new Map(),
    strings,
  };
  if (variables === undefined) return environment;
  return { ...environment, variables: evaluateVariables(variables, environment) };
}
