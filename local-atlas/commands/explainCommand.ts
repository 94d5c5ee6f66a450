import { z } from "zod";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { CollectionInfo } from "../storage/collectionInfo.ts";
import { runGivingWay } from "../steps/runGivingWay.ts";
import { defineCommand, type CommandReply } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { checkTime } from "./checkTime.ts";
import { describePlan, withCounts } from "./describePlan.ts";
import { environmentOf } from "./environmentOf.ts";
import { stringsOf } from "./stringsOf.ts";
import { planSearch, searchSteps } from "./findDocuments.ts";
import type { Search } from "./Search.ts";
import { document } from "./parseArguments.ts";
import { searchOf } from "./searchOf.ts";

const schema = z.strictObject({
  explain: document,
  verbosity: z.enum(["queryPlanner", "executionStats", "allPlansExecution"]).optional(),
});

type Verbosity = NonNullable<z.infer<typeof schema>["verbosity"]>;

/** Tells how a command reaches its documents, and does nothing of what it would do. */
export const explainCommand = defineCommand(
  { kind: "read", inTransaction: false },
  schema,
  (context, command) => explain(context, command.explain, command.verbosity ?? "allPlansExecution"),
);

/** Explains a command that is given by its fields. */
export async function explain(
  context: CommandContext,
  command: BsonDocument,
  verbosity: Verbosity,
): Promise<CommandReply> {
  const [name = ""] = Object.keys(command);
  const target = command[name];
  const explained = searchOf(name, command);
  if (explained === null || typeof target !== "string") {
    throw new CommandError("CommandNotSupported", `explain is not supported for '${name}'`);
  }
  const collection = context.view.collection(context.database, target);
  const { collation } = command;
  const strings = stringsOf(context, target, isDocument(collation) ? collation : undefined);
  const environment = environmentOf(context, undefined, strings);
  const withEnvironment = { ...explained, search: { ...explained.search, environment } };
  const told = await explainSearch(
    context,
    collection,
    `${context.database}.${target}`,
    withEnvironment,
    verbosity,
  );
  const shown = explained.stages.length === 0 ? told : { stages: [{ $cursor: told }, ...explained.stages] };
  return { explainVersion: "1", ...shown, command, serverInfo: serverInfo(context) };
}

async function explainSearch(
  context: CommandContext,
  collection: CollectionInfo | null,
  namespace: string,
  explained: NonNullable<ReturnType<typeof searchOf>>,
  verbosity: Verbosity,
): Promise<BsonDocument> {
  const { search, over } = explained;
  const plan = collection === null ? null : planSearch(collection, search);
  const winningPlan = describePlan(plan, search, over);
  const queryPlanner = {
    namespace,
    indexFilterSet: false,
    parsedQuery: search.filter,
    winningPlan,
    rejectedPlans: [],
  };
  if (verbosity === "queryPlanner") return { queryPlanner };
  return { queryPlanner, executionStats: await measure(context, collection, search, winningPlan) };
}

async function measure(
  context: CommandContext,
  collection: CollectionInfo | null,
  search: Search,
  winningPlan: BsonDocument,
): Promise<BsonDocument> {
  const counts = { keys: 0, documents: 0 };
  const start = performance.now();
  const steps = searchSteps(context.view, collection, search, counts);
  const found = await runGivingWay(steps, () => checkTime(context));
  return {
    executionSuccess: true,
    nReturned: found.length,
    executionTimeMillis: Math.round(performance.now() - start),
    totalKeysExamined: counts.keys,
    totalDocsExamined: counts.documents,
    executionStages: withCounts(winningPlan, found.length, counts),
  };
}

function serverInfo(context: CommandContext): BsonDocument {
  const [host = "", port = "0"] = context.address().split(":");
  return { host, port: Number(port), version: "7.0.0", gitVersion: "local-atlas" };
}
