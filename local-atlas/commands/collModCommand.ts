import { z } from "zod";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { type CollectionInfo, type IndexInfo, namespaceOf } from "../storage/collectionInfo.ts";
import { hasSameKey } from "../storage/hasSameKey.ts";
import { defineCommand, type CommandReply } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { checkedOptions, imageFields, validatorFields, viewFields } from "./collectionOptions.ts";
import { logChange } from "./dropCollection.ts";
import { collectionName, count, document, flag, number } from "./parseArguments.ts";
import { isView } from "./views.ts";
import { uuidOf } from "./uuidOf.ts";

const indexChange = z.strictObject({
  name: z.string().optional(),
  keyPattern: document.optional(),
  expireAfterSeconds: number.optional(),
  hidden: flag.optional(),
});

const schema = z.strictObject({
  collMod: collectionName,
  ...validatorFields,
  ...imageFields,
  ...viewFields,
  index: indexChange.optional(),
  cappedSize: count.optional(),
  cappedMax: number.optional(),
});

type CollMod = z.infer<typeof schema>;

/** Changes the options of a collection, a view or an index. */
export const collModCommand = defineCommand(
  { kind: "write", inTransaction: false },
  schema,
  (context, command) => modify(context, command),
);

function modify(context: CommandContext, command: CollMod): CommandReply {
  const collection = context.view.collection(context.database, command.collMod);
  if (collection === null)
    throw new CommandError("NamespaceNotFound", `ns does not exist: ${context.database}.${command.collMod}`);
  const options = changedOptions(collection, command);
  context.store.catalog.setOptions(collection, options);
  const reply = command.index === undefined ? {} : modifyIndex(context, collection, command.index);
  const { collMod: _name, index, ...changes } = command;
  logChange(context.store, context.database, {
    operation: "modify",
    collection: collection.name,
    uuid: uuidOf(collection.uuid),
    details: { ...changes, ...(index === undefined ? {} : { index }) },
    before: { collectionOptions: { uuid: uuidOf(collection.uuid), ...collection.options } },
  });
  return reply;
}

function changedOptions(collection: CollectionInfo, command: CollMod): BsonDocument {
  const { collMod: _name, index: _index, cappedSize, cappedMax, ...given } = command;
  if (isView(collection) !== (given.viewOn !== undefined) && (given.viewOn !== undefined || given.validator))
    throw new CommandError("InvalidOptions", `${namespaceOf(collection)} has no such option`);
  if ((cappedSize !== undefined || cappedMax !== undefined) && collection.options["capped"] !== true)
    throw new CommandError("InvalidOptions", "Collection must be capped.");
  const changes = { ...given, size: cappedSize, max: cappedMax };
  const set = Object.entries(changes).filter(([, value]) => value !== undefined);
  const options = { ...collection.options, ...Object.fromEntries(set) };
  const { validator, ...rest } = options;
  // An empty validator takes it away.
  return checkedOptions(isDocument(validator) && Object.keys(validator).length === 0 ? rest : options);
}

function modifyIndex(
  context: CommandContext,
  collection: CollectionInfo,
  change: z.infer<typeof indexChange>,
): CommandReply {
  const index = collection.indexes.find((candidate) => isMeant(candidate, change));
  if (index === undefined) {
    throw new CommandError(
      "IndexNotFound",
      `cannot find index ${change.name ?? "with that key"} for ns ${namespaceOf(collection)}`,
    );
  }
  const { expireAfterSeconds, hidden } = change;
  const changes = {
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds }),
    ...(hidden === undefined ? {} : { hidden }),
  };
  context.store.catalog.setIndexSpec(index, { ...index.spec, ...changes });
  return Object.fromEntries(
    Object.entries(changes).flatMap(([name, value]) => [
      [`${name}_old`, index.spec[name] ?? false],
      [`${name}_new`, value],
    ]),
  );
}

function isMeant(index: IndexInfo, change: z.infer<typeof indexChange>): boolean {
  if (change.name !== undefined) return index.name === change.name;
  return change.keyPattern !== undefined && hasSameKey(index, { key: change.keyPattern });
}
