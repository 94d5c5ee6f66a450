import { Long } from "bson";
import { RawArray } from "../bson/rawBson.ts";
import { ResultCursor } from "../cursors/ResultCursor.ts";
import { type ResultSource, StreamCursor } from "../cursors/StreamCursor.ts";
import { takeBatch } from "../cursors/takeBatch.ts";
import { type Time, toTimestamp } from "../oplog/clusterTime.ts";
import { checkTime } from "./checkTime.ts";
import type { CommandReply } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";

/** How a client wants the beginning of a result. */
export interface FirstBatch {
  /** `null` for the default of 101. */
  readonly size: number | null;
  /** No cursor stays open, whatever is left. */
  readonly isOnly?: boolean;
  readonly keepsForever?: boolean;
  /** The results are those of a pipeline. */
  readonly isPipeline?: boolean;
}

const DEFAULT_FIRST_BATCH = 101;

/** The answer to a query: its first batch, and a cursor for the rest. */
export function resultReply(
  context: CommandContext,
  namespace: string,
  documents: readonly Uint8Array[],
  first: FirstBatch,
): CommandReply {
  const batch = takeBatch(documents, 0, first.size ?? DEFAULT_FIRST_BATCH);
  const isAll = batch.length === documents.length;
  // As the server: whoever has filled a batch has not looked whether there is more.
  const isFull = first.isPipeline === true && batch.length === (first.size ?? DEFAULT_FIRST_BATCH);
  const isDone = first.isOnly === true || (isAll && !isFull);
  const cursor = new ResultCursor(namespace, documents, batch.length);
  const id = isDone
    ? Long.ZERO
    : context.cursors.add(cursor, context.session?.id ?? null, first.keepsForever);
  return {
    cursor: {
      firstBatch: new RawArray(batch),
      ...snapshotField(context.snapshotTime),
      id,
      ns: namespace,
    },
  };
}

/** The answer to a query whose results are found as they are fetched. */
export async function streamReply(
  context: CommandContext,
  source: ResultSource,
  first: FirstBatch,
): Promise<CommandReply> {
  const cursor = new StreamCursor(source);
  const batch = await cursor.next({
    size: first.size ?? DEFAULT_FIRST_BATCH,
    check: () => checkTime(context),
  });
  const isDone = first.isOnly === true || batch.isLast;
  const id = isDone
    ? Long.ZERO
    : context.cursors.add(cursor, context.session?.id ?? null, first.keepsForever);
  return {
    cursor: {
      firstBatch: new RawArray(batch.documents),
      ...snapshotField(context.snapshotTime),
      id,
      ns: source.namespace,
    },
  };
}

/** The answer for a cursor that has its first batch ready. */
export function cursorReply(
  name: "firstBatch" | "nextBatch",
  namespace: string,
  id: Long,
  batch: { readonly documents: readonly Uint8Array[]; readonly resumeToken?: string },
): CommandReply {
  const token = batch.resumeToken === undefined ? {} : { postBatchResumeToken: { _data: batch.resumeToken } };
  return { cursor: { [name]: new RawArray(batch.documents), ...token, id, ns: namespace } };
}

/** A snapshot read says which time it read at. */
export function snapshotField(time: Time | null): CommandReply {
  return time === null ? {} : { atClusterTime: toTimestamp(time) };
}
