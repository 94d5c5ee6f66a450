import { Long } from "bson";
import { RawArray } from "../bson/rawBson.ts";
import { ResultCursor } from "../cursors/ResultCursor.ts";
import { takeBatch } from "../cursors/takeBatch.ts";
import { type Time, toTimestamp } from "../oplog/clusterTime.ts";
import type { CommandReply } from "./Command.ts";
import type { CommandContext } from "./CommandContext.ts";

/** How a client wants the beginning of a result. */
export interface FirstBatch {
  /** `null` for the default of 101. */
  readonly size: number | null;
  /** No cursor stays open, whatever is left. */
  readonly isOnly?: boolean;
  readonly keepsForever?: boolean;
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
  const isDone = first.isOnly === true || batch.length === documents.length;
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
