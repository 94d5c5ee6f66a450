import { z } from "zod";
import type { BsonDocument } from "../bson/BsonDocument.ts";
import { compareValues } from "../bson/compareValues.ts";
import { splitPath, valuesAt } from "../bson/paths.ts";
import { keyMaker } from "../bson/valueKeys.ts";
import { CommandError } from "../errors/CommandError.ts";
import { aggregateDocuments } from "./aggregateDocuments.ts";
import { type CommandReply, defineCommand } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { snapshotField } from "./cursorReply.ts";
import { environmentOf } from "./environmentOf.ts";
import { findGivingWay } from "./findDocuments.ts";
import { collectionName, document } from "./parseArguments.ts";
import { stringsOf } from "./stringsOf.ts";
import { resolveView } from "./views.ts";

/** The fields of a distinct. */
export const distinctArguments = z.strictObject({
  distinct: collectionName,
  key: z.string(),
  query: document.optional(),
  collation: document.optional(),
});

type DistinctArguments = z.infer<typeof distinctArguments>;

/** Gives the different values that documents have at a path. */
export const distinctCommand = defineCommand(
  { kind: "read", inTransaction: true, snapshot: true },
  distinctArguments,
  (context, command) => distinct(context, command),
);

async function distinct(context: CommandContext, command: DistinctArguments): Promise<CommandReply> {
  if (command.key === "") throw new CommandError(40352, "FieldPath cannot be constructed with empty string");
  if (command.key.startsWith("$"))
    throw new CommandError("BadValue", "the key of distinct must not begin with '$'");
  const strings = stringsOf(context, command.distinct, command.collation);
  const keyOf = keyMaker(strings);
  const parts = splitPath(command.key);
  const values = new Map<string, unknown>();
  for (const whole of await inputOf(context, command)) {
    // An array counts by its elements; an array among these counts as a value.
    for (const value of valuesAt(whole, parts).flat()) {
      if (value === undefined) continue;
      const key = keyOf(value);
      if (!values.has(key)) values.set(key, value);
    }
  }
  const sorted = [...values.values()].toSorted((left, right) => compareValues(left, right, strings));
  return { values: sorted, ...snapshotField(context.snapshotTime) };
}

async function inputOf(
  context: CommandContext,
  { distinct: name, query: filter = {}, collation }: DistinctArguments,
): Promise<readonly BsonDocument[]> {
  if (resolveView(context, name) !== null)
    return aggregateDocuments(context, name, [{ $match: filter }], { collation });
  const environment = environmentOf(context, undefined, stringsOf(context, name, collation));
  const collection = context.view.collection(context.database, name);
  const found = await findGivingWay(context, collection, { filter, environment });
  return found.map((stored) => stored.document);
}
