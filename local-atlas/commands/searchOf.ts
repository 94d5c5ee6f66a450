import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { hasBounds } from "../planning/planBetween.ts";
import { aggregateArguments } from "./aggregateArguments.ts";
import { countArguments } from "./countCommand.ts";
import { distinctArguments } from "./distinctCommand.ts";
import { findArguments } from "./findArguments.ts";
import { deleteArguments } from "./deleteCommand.ts";
import { findAndModifyArguments } from "./findAndModifyCommand.ts";
import type { Search } from "./Search.ts";
import { parseArguments } from "./parseArguments.ts";
import { pushDown } from "./pushDown.ts";
import { updateArguments } from "./updateCommand.ts";

/** What a command looks for, as `explain` needs it. */
interface Explained {
  readonly search: Search;
  /** The stages of the command itself, the last one first. */
  readonly over: readonly string[];
  /** The stages of a pipeline that follow. */
  readonly stages: readonly BsonDocument[];
}

const READERS: Readonly<Record<string, (command: BsonDocument) => Explained>> = {
  find: (command) => {
    const { filter = {}, sort, skip, limit, hint, min, max } = parseArguments(findArguments, command);
    const bounds = hasBounds({ min, max }) ? { min, max } : undefined;
    return simple({ filter, sort, skip, limit: limit || null, hint, bounds }, []);
  },
  count: (command) => {
    const { query: filter = {}, hint } = parseArguments(countArguments, command);
    return simple({ filter, hint }, ["COUNT"]);
  },
  distinct: (command) => {
    const { query: filter = {} } = parseArguments(distinctArguments, command);
    return simple({ filter }, ["PROJECTION_DEFAULT"]);
  },
  update: (command) => {
    const { updates } = parseArguments(updateArguments, command);
    const [first] = updates;
    return simple({ filter: first?.q ?? {}, hint: first?.hint, limit: first?.multi ? null : 1 }, ["UPDATE"]);
  },
  delete: (command) => {
    const { deletes } = parseArguments(deleteArguments, command);
    const [first] = deletes;
    return simple({ filter: first?.q ?? {}, hint: first?.hint, limit: first?.limit || null }, ["DELETE"]);
  },
  findAndModify: (command) => {
    const { query: filter = {}, sort, hint, remove } = parseArguments(findAndModifyArguments, command);
    return simple({ filter, sort: sort ?? undefined, hint, limit: 1 }, [remove ? "DELETE" : "UPDATE"]);
  },
  aggregate: (command) => {
    const { pipeline, hint } = parseArguments(aggregateArguments, command);
    const { search, rest } = pushDown(pipeline);
    return { search: { ...search, hint }, over: [], stages: rest };
  },
};

/** Reads a command that shall be explained, `null` for one that looks for nothing. */
export function searchOf(name: string, command: BsonDocument): Explained | null {
  const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
  if (read === undefined || !isDocument(command)) return null;
  return read(withoutGeneric(command));
}

function simple(search: Search, over: readonly string[]): Explained {
  return { search, over, stages: [] };
}

const GENERIC = new Set([
  "$db",
  "lsid",
  "$clusterTime",
  "readConcern",
  "writeConcern",
  "$readPreference",
  "comment",
  "maxTimeMS",
  "txnNumber",
]);

/** What the driver adds to the command inside. */
function withoutGeneric(command: BsonDocument): BsonDocument {
  return Object.fromEntries(Object.entries(command).filter(([name]) => !GENERIC.has(name)));
}
