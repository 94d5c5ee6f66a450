import { Long } from "bson";
import { TailableCursor } from "../cursors/TailableCursor.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { Environment } from "../expressions/Environment.ts";
import { compileFilter } from "../query/compileFilter.ts";
import type { CollectionInfo } from "../storage/collectionInfo.ts";
import type { CommandReply } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";
import { cursorReply } from "./cursorReply.ts";
import type { FindArguments } from "./findArguments.ts";
import type { Show } from "./showFound.ts";

const DEFAULT_FIRST_BATCH = 101;
const BEFORE_ALL = -1;

/** Opens a cursor on a capped collection that stays open for what will be inserted. */
export function openTailableCursor(
  context: CommandContext,
  collection: CollectionInfo | null,
  command: FindArguments,
  environment: Environment,
  show: Show,
): CommandReply {
  const namespace = `${context.database}.${command.find}`;
  const matches = compileFilter(command.filter ?? {}, environment);
  if (collection === null) return cursorReply("firstBatch", namespace, Long.ZERO, { documents: [] });
  if (collection.options["capped"] !== true) {
    throw new CommandError(
      "BadValue",
      `error processing query: ns=${namespace}: tailable cursor requested on non capped collection`,
    );
  }
  const { store } = context;
  const tail = {
    namespace,
    waits: command.awaitData === true,
    after: (record: number) =>
      store.catalog.find(collection.database, collection.name)?.id === collection.id
        ? [...store.documents.after(collection.id, record)].filter((stored) => matches(stored.document))
        : null,
    show,
  };
  const cursor = new TailableCursor(store.oplog, tail, BEFORE_ALL);
  const first = cursor.take(command.batchSize ?? DEFAULT_FIRST_BATCH);
  // As in the real server, a tail needs a last document to hold on to.
  const isDead = first.documents.length === 0 && store.documents.measure(collection.id).count === 0;
  const id = isDead ? Long.ZERO : context.cursors.add(cursor, context.session?.id ?? null);
  return cursorReply("firstBatch", namespace, id, first);
}
