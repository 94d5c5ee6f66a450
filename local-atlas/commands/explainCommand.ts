import { z } from "zod";
import { CommandError } from "../errors/CommandError.ts";
import { compileFilter } from "../query/compileFilter.ts";
import { type Access, planAccess } from "../storage/access.ts";
import { type CommandReply, defineCommand } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { findDocuments } from "./findDocuments.ts";
import { document, parseArguments } from "./parseArguments.ts";
import { findArguments } from "./queryCommands.ts";

const schema = z.strictObject({
  explain: document,
  verbosity: z.enum(["queryPlanner", "executionStats", "allPlansExecution"]).optional(),
});

/** Tells how a `find` reaches its documents. */
export const explainCommand = defineCommand(
  { kind: "read", inTransaction: false },
  schema,
  (context, command) => explain(context, command),
);

/** How a `find` reaches its documents. Other commands are not explained. */
function explain(context: CommandContext, command: z.infer<typeof schema>): CommandReply {
  if (!Object.hasOwn(command.explain, "find")) {
    throw new CommandError("CommandNotSupported", "explain is supported for find only");
  }
  const { $db: _database, ...body } = command.explain;
  const find = parseArguments(findArguments, body);
  const filter = find.filter ?? {};
  compileFilter(filter);
  const collection = context.view.collection(context.database, find.find);
  const access: Access = collection === null ? { by: "scan" } : planAccess(collection, filter);
  const plan = {
    namespace: `${context.database}.${find.find}`,
    parsedQuery: filter,
    winningPlan: winningPlan(access),
    rejectedPlans: [],
  };
  if ((command.verbosity ?? "allPlansExecution") === "queryPlanner") return { queryPlanner: plan };
  const examined = collection === null ? [] : [...context.view.find(collection, access)];
  const returned = findDocuments(context.view, collection, {
    filter,
    skip: find.skip,
    limit: find.limit || null,
  });
  return {
    queryPlanner: plan,
    executionStats: {
      executionSuccess: true,
      nReturned: returned.length,
      totalKeysExamined: access.by === "scan" ? 0 : examined.length,
      totalDocsExamined: examined.length,
    },
  };
}

function winningPlan(access: Access): CommandReply {
  if (access.by === "id") return { stage: "IDHACK" };
  if (access.by === "scan") return { stage: "COLLSCAN", direction: "forward" };
  const { name, spec } = access.index;
  return { stage: "FETCH", inputStage: { stage: "IXSCAN", indexName: name, keyPattern: spec["key"] } };
}
