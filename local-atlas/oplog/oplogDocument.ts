import { Binary, Long } from "bson";
import type { BsonDocument } from "../bson/BsonDocument.ts";
import { toTimestamp } from "./clusterTime.ts";
import type { OplogEntry } from "./OplogEntry.ts";
import { updateDiff } from "./updateDiff.ts";

type Operation = Pick<OplogEntry, "operation">["operation"];

/** How a change that is not about a document stands in the `o` of an entry. */
const COMMANDS: Partial<Record<Operation, (entry: OplogEntry) => BsonDocument>> = {
  drop: ({ collection }) => ({ drop: collection }),
  dropDatabase: () => ({ dropDatabase: 1 }),
  rename: ({ database, collection, to }) => ({
    renameCollection: `${database}.${collection}`,
    to: `${String(to?.["db"])}.${String(to?.["coll"])}`,
  }),
  create: ({ collection, details }) => ({ create: collection, ...details }),
  createIndexes: ({ collection, details }) => ({ createIndexes: collection, ...details }),
  dropIndexes: ({ collection, details }) => ({ dropIndexes: collection, ...details }),
  modify: ({ collection, details }) => ({ collMod: collection, ...details }),
};

/**
 * The entries of one time as a document of `local.oplog.rs`: one change, or a whole transaction, whose changes have one
 * time.
 */
export function oplogDocument(entries: readonly OplogEntry[]): BsonDocument {
  const [first] = entries;
  if (first === undefined) throw new Error("an oplog document needs an entry");
  const place = { ts: toTimestamp(first.time), t: Long.fromInt(1), v: Long.fromInt(2), wall: first.wallTime };
  if (first.lsid === undefined) return { ...changeOf(first), ...place };
  const { lsid, txnNumber } = first;
  const o = { applyOps: entries.map(changeOf) };
  return { lsid, txnNumber, op: "c", ns: "admin.$cmd", o, ...place };
}

function changeOf(entry: OplogEntry): BsonDocument {
  const { operation, database, collection, documentKey: o2 } = entry;
  const command = COMMANDS[operation];
  const ui = entry.uuid instanceof Binary ? { ui: entry.uuid } : {};
  if (command !== undefined) return { op: "c", ns: `${database}.$cmd`, ...ui, o: command(entry) };
  const about = { ns: `${database}.${collection}`, ...ui };
  switch (operation) {
    case "insert":
      return { op: "i", ...about, o: entry.document, o2 };
    case "replace":
      return { op: "u", ...about, o: entry.document, o2 };
    case "update":
      return { op: "u", ...about, o: { $v: 2, diff: updateDiff(entry) }, o2 };
    case "delete":
      return { op: "d", ...about, o: o2 };
    default:
      return { op: "n", ns: "", o: { msg: "time has passed" } };
  }
}
