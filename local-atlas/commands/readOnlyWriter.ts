import type { Writer } from "../storage/Writer.ts";

/** Stands where a command has nothing to write to: using it is a fault of ours. */
export const READ_ONLY: Writer = {
  insert: refuse,
  update: refuse,
  remove: refuse,
  ensureCollection: refuse,
  createCollection: refuse,
  createIndex: refuse,
};

function refuse(): never {
  throw new Error("a command that only reads has tried to write");
}
