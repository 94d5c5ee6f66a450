import { z } from "zod";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { type CollectionInfo, namespaceOf } from "../storage/collectionInfo.ts";
import { defineCommand, type CommandReply } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { checkedOptions, imageFields, validatorFields, viewFields } from "./collectionOptions.ts";
import { logChange } from "./dropCollection.ts";
import { checkUnique, indexChange, meantIndex, modifyIndex } from "./modifyIndex.ts";
import { collectionName, count, flag, number } from "./parseArguments.ts";
import { isView } from "./views.ts";
import { uuidOf } from "./uuidOf.ts";

const schema = z.strictObject({
  collMod: collectionName,
  ...validatorFields,
  ...imageFields,
  ...viewFields,
  index: indexChange.optional(),
  dryRun: flag.optional(),
  expireAfterSeconds: z
    .undefined({ error: "unsupported: for clustered collections and time series" })
    .optional(),
  timeseries: z.undefined({ error: "unsupported: time series" }).optional(),
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
  if (command.dryRun === true) return tryOut(context, collection, command);
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

/** Only whether an index could become unique can be tried out. */
function tryOut(context: CommandContext, collection: CollectionInfo, { index }: CollMod): CommandReply {
  if (index?.unique !== true)
    throw new CommandError("InvalidOptions", "dryRun mode is only for the 'unique' option of an index");
  checkUnique(context, collection, meantIndex(collection, index));
  return {};
}

function changedOptions(collection: CollectionInfo, command: CollMod): BsonDocument {
  const { collMod: _name, index: _index, dryRun: _dryRun, cappedSize, cappedMax, ...given } = command;
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
