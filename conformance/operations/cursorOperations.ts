import type { AbstractCursor, ChangeStream } from "mongodb";
import type { OperationTable } from "./OperationTable.ts";

/** What the format calls on a cursor. */
export const CURSOR_OPERATIONS: OperationTable<AbstractCursor> = {
  close: (cursor) => cursor.close(),
  iterateOnce: (cursor) => cursor.tryNext(),
  iterateUntilDocumentOrError: (cursor) => cursor.next(),
};

/** What the format calls on a change stream. */
export const CHANGE_STREAM_OPERATIONS: OperationTable<ChangeStream> = {
  close: (stream) => stream.close(),
  iterateOnce: (stream) => stream.tryNext(),
  iterateUntilDocumentOrError: (stream) => stream.next(),
};
