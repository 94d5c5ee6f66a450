import type { BsonDocument } from "../bson/BsonDocument.ts";
import { alternativesOf } from "../planning/constraints.ts";
import { describeBounds } from "../planning/describeBounds.ts";
import { boundsOf } from "../planning/indexBounds.ts";
import { constraintsFor } from "../planning/textIntervals.ts";
import { isIdLookup } from "../planning/isIdLookup.ts";
import type { Plan } from "../planning/planAccess.ts";
import { type Access, EVERY_KEY, type IndexAccess, type ScanCounts } from "../storage/access.ts";
import type { Search } from "./Search.ts";

/**
 * A plan as `explain` tells it: the stages from the last one down to where documents come from. `over` are stages of the
 * command itself, like `UPDATE`. No plan: there is no such collection.
 */
export function describePlan(plan: Plan | null, search: Search, over: readonly string[]): BsonDocument {
  if (plan === null) return wrap({ stage: "EOF" }, over.toReversed());
  const { sort, skip, limit } = search;
  const isSorting = !plan.isSorted && sort !== undefined;
  const limits = [...(skip ? ["SKIP"] : []), ...(limit ? ["LIMIT"] : [])];
  const source = describeAccess(plan.access, search);
  const sorted = isSorting ? { stage: "SORT", sortPattern: sort, inputStage: source } : source;
  return wrap(wrap(sorted, isSorting && !skip ? [] : limits), over.toReversed());
}

/** The same stages with what each of them gave. */
export function withCounts(stage: BsonDocument, returned: number, counts: ScanCounts): BsonDocument {
  const { inputStage, ...own } = stage;
  const inner = inputStage as BsonDocument | undefined;
  return {
    ...own,
    nReturned: own["stage"] === "IXSCAN" ? counts.keys : returned,
    ...(own["stage"] === "IXSCAN" ? { keysExamined: counts.keys } : {}),
    ...(READS_DOCUMENTS.has(String(own["stage"])) ? { docsExamined: counts.documents } : {}),
    ...(inner === undefined ? {} : { inputStage: withCounts(inner, returned, counts) }),
  };
}

const READS_DOCUMENTS = new Set(["FETCH", "COLLSCAN", "IDHACK", "CLUSTERED_IXSCAN"]);

function wrap(stage: BsonDocument, names: readonly string[]): BsonDocument {
  return names.reduce<BsonDocument>((inputStage, name) => ({ stage: name, inputStage }), stage);
}

function describeAccess(access: Access, search: Search): BsonDocument {
  const { filter } = search;
  const condition = Object.keys(filter).length > 0 ? { filter } : {};
  switch (access.by) {
    case "scan":
      return { stage: "COLLSCAN", ...condition, direction: nameOf(access.direction) };
    case "index":
      if (access.index.spec["clustered"] === true) return describeClustered(access, condition);
      if (isIdLookup(access, filter)) return { stage: "IDHACK" };
      return {
        stage: "FETCH",
        ...condition,
        inputStage: describeIndex(access, search.bounds ? null : filter),
      };
    case "union":
      return {
        stage: "FETCH",
        ...condition,
        inputStage: {
          stage: "OR",
          inputStages: access.parts.map((part, at) =>
            describeIndex(part, alternativesOf(filter)?.[at] ?? null),
          ),
        },
      };
  }
}

/** The documents of a clustered collection lie in its index. */
function describeClustered({ ranges, direction }: IndexAccess, condition: BsonDocument): BsonDocument {
  const stage = ranges === EVERY_KEY ? "COLLSCAN" : "CLUSTERED_IXSCAN";
  return { stage, ...condition, direction: nameOf(direction) };
}

/** `filter` is what the bounds come from, `null` where they do not come from one. */
function describeIndex({ index, direction }: IndexAccess, filter: BsonDocument | null): BsonDocument {
  const bounds = filter === null ? null : boundsOf(index, constraintsFor(index, filter));
  const multiKeyPaths = index.fields.map(
    ({ path }, at) => [path, index.multikey.has(at) ? [path] : []] as const,
  );
  return {
    stage: "IXSCAN",
    keyPattern: index.spec["key"],
    indexName: index.name,
    isMultiKey: index.multikey.size > 0,
    multiKeyPaths: Object.fromEntries(multiKeyPaths),
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partial !== null,
    indexVersion: 2,
    direction: nameOf(direction),
    ...(bounds === null ? {} : { indexBounds: describeBounds(index, bounds.columns, direction) }),
  };
}

function nameOf(direction: 1 | -1): string {
  return direction === 1 ? "forward" : "backward";
}
