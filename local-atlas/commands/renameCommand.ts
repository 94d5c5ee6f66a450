import { z } from "zod";
import { CommandError } from "../errors/CommandError.ts";
import { defineCommand, type CommandReply } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { collectionName, databaseName, flag, parseArguments } from "./parseArguments.ts";
import { renameCollection } from "./renameCollection.ts";

const schema = z.strictObject({
  renameCollection: z.string(),
  to: z.string(),
  dropTarget: flag.optional(),
});

const namespace = z.strictObject({ database: databaseName, collection: collectionName });

/** Gives a collection another name. */
export const renameCommand = defineCommand(
  { kind: "write", inTransaction: false },
  schema,
  (context, command) => rename(context, command),
);

function rename(context: CommandContext, command: z.infer<typeof schema>): CommandReply {
  if (context.database !== "admin")
    throw new CommandError("Unauthorized", "renameCollection may only be run against the admin database.");
  const [from, to] = [parseNamespace(command.renameCollection), parseNamespace(command.to)];
  if (command.renameCollection === command.to)
    throw new CommandError("IllegalOperation", "Can't rename a collection to itself");
  const { catalog } = context.store;
  const source = catalog.find(from.database, from.collection);
  if (source === null)
    throw new CommandError(
      "NamespaceNotFound",
      `Source collection ${command.renameCollection} does not exist`,
    );
  const target = catalog.find(to.database, to.collection);
  if (target !== null && command.dropTarget !== true)
    throw new CommandError("NamespaceExists", "target namespace exists");
  renameCollection(context.store, source, { database: to.database, name: to.collection });
  return {};
}

function parseNamespace(text: string): z.infer<typeof namespace> {
  const dot = text.indexOf(".");
  return parseArguments(namespace, {
    database: text.slice(0, Math.max(0, dot)),
    collection: text.slice(dot + 1),
  });
}
