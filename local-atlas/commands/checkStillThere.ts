import { CommandError } from "../errors/CommandError.ts";
import type { Access } from "../storage/access.ts";
import { type CollectionInfo, ID_INDEX, namespaceOf } from "../storage/collectionInfo.ts";
import type { CommandContext } from "./CommandContext.ts";

/** Throws `QueryPlanKilled` when what a cursor reads has gone, unless it reads the past or in a transaction. */
export function checkStillThere(context: CommandContext, collection: CollectionInfo, access: Access): void {
  if (context.isTransaction || context.snapshotTime !== null || collection.id < 0) return;
  const present = context.store.catalog.find(collection.database, collection.name);
  if (present?.id !== collection.id)
    throw new CommandError("QueryPlanKilled", `collection dropped or renamed: ${namespaceOf(collection)}`);
  const known = new Set([ID_INDEX.id, ...present.indexes.map(({ id }) => id)]);
  const gone = indexesOf(access).find(({ id }) => !known.has(id));
  if (gone !== undefined) throw new CommandError("QueryPlanKilled", `index '${gone.name}' dropped`);
}

function indexesOf(access: Access): readonly { readonly id: number; readonly name: string }[] {
  if (access.by === "scan") return [];
  return access.by === "index" ? [access.index] : access.parts.map(({ index }) => index);
}
