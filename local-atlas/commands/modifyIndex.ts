import { z } from "zod";
import { CommandError } from "../errors/CommandError.ts";
import { type CollectionInfo, type IndexInfo, namespaceOf } from "../storage/collectionInfo.ts";
import { hasSameKey } from "../storage/hasSameKey.ts";
import { indexEntries } from "../storage/indexKeys.ts";
import type { CommandReply } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { document, flag, number } from "./parseArguments.ts";

/** What a `collMod` may change of an index, which it names or describes by its key. */
export const indexChange = z.strictObject({
  name: z.string().optional(),
  keyPattern: document.optional(),
  expireAfterSeconds: number.optional(),
  hidden: flag.optional(),
  unique: flag.optional(),
  prepareUnique: flag.optional(),
});

type IndexChange = z.infer<typeof indexChange>;

/** Changes an index; answers what was and what is. */
export function modifyIndex(
  context: CommandContext,
  collection: CollectionInfo,
  change: IndexChange,
): CommandReply {
  const index = meantIndex(collection, change);
  const { expireAfterSeconds, hidden, prepareUnique, unique } = change;
  const changes = {
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds }),
    ...(hidden === undefined ? {} : { hidden }),
    ...(prepareUnique === undefined ? {} : { prepareUnique }),
  };
  if (unique !== undefined) return makeUnique(context, collection, index, unique);
  if (Object.keys(changes).length === 0)
    throw new CommandError("InvalidOptions", "no expireAfterSeconds, hidden, unique, or prepareUnique field");
  context.store.catalog.setIndexSpec(index, { ...index.spec, ...changes });
  return Object.fromEntries(
    Object.entries(changes).flatMap(([name, value]) => [
      [`${name}_old`, index.spec[name] ?? false],
      [`${name}_new`, value],
    ]),
  );
}

/** The index that a change is about; throws `IndexNotFound`. */
export function meantIndex(collection: CollectionInfo, change: IndexChange): IndexInfo {
  if ((change.name === undefined) === (change.keyPattern === undefined))
    throw new CommandError("InvalidOptions", "must specify either index name or key pattern, and not both");
  const index = collection.indexes.find((candidate) => isMeant(candidate, change));
  if (index !== undefined) return index;
  throw new CommandError(
    "IndexNotFound",
    `cannot find index ${change.name ?? "with that key"} for ns ${namespaceOf(collection)}`,
  );
}

function isMeant(index: IndexInfo, change: IndexChange): boolean {
  if (change.name !== undefined) return index.name === change.name;
  return hasSameKey(index, { key: change.keyPattern });
}

function makeUnique(
  context: CommandContext,
  collection: CollectionInfo,
  index: IndexInfo,
  unique: boolean,
): CommandReply {
  if (!unique) throw new CommandError("BadValue", "'unique: false' is not supported");
  if (index.unique) return {};
  if (!index.keepsApart) {
    throw new CommandError(
      "InvalidOptions",
      "Cannot make index unique with 'prepareUnique=false'. Run collMod to set it first.",
    );
  }
  checkUnique(context, collection, index);
  const { prepareUnique: _over, ...spec } = index.spec;
  context.store.catalog.setIndexSpec(index, { ...spec, unique: true });
  return { unique_new: true };
}

/** Throws `CannotConvertIndexToUnique`, with the ids that stand against it. */
export function checkUnique(context: CommandContext, collection: CollectionInfo, index: IndexInfo): void {
  const violations = [...idsByKey(context, collection, index).values()]
    .filter((ids) => ids.length > 1)
    .map((ids) => ({ ids }));
  if (violations.length === 0) return;
  throw new CommandError(
    "CannotConvertIndexToUnique",
    "Cannot convert the index to unique. Please resolve conflicting documents before running collMod again.",
    { details: { violations } },
  );
}

function idsByKey(
  context: CommandContext,
  collection: CollectionInfo,
  index: IndexInfo,
): ReadonlyMap<string, readonly unknown[]> {
  const found = new Map<string, unknown[]>();
  for (const { document: stored } of context.store.documents.all(collection.id)) {
    for (const { bytes } of indexEntries(index, stored).keys) {
      const key = bytes.toString("latin1");
      found.set(key, [...(found.get(key) ?? []), stored["_id"]]);
    }
  }
  return found;
}
