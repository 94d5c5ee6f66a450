import type { BsonDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { CommandReply, Command } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { createArguments, newOptions } from "./collectionOptions.ts";
import { parseArguments } from "./parseArguments.ts";

/** Makes a collection or a view. */
export const createCommand: Command = {
  kind: "write",
  inTransaction: true,
  run: (context, body) => create(context, body),
};

function create(context: CommandContext, sent: BsonDocument): CommandReply {
  const { create: name } = parseArguments(createArguments, sent);
  const options = newOptions(sent);
  const known = context.view.collection(context.database, name);
  if (known !== null)
    throw new CommandError("NamespaceExists", `Collection ${context.database}.${name} already exists.`);
  context.writer.createCollection(context.database, name, options);
  return {};
}
