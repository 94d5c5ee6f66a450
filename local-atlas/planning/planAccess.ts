import type { BsonDocument } from "../bson/BsonDocument.ts";
import { compareStrings, type StringOrder } from "../bson/compareStrings.ts";
import { compileCollation } from "../collation/compileCollation.ts";
import { type Access, EVERY_KEY, type IndexAccess } from "../storage/access.ts";
import { type CollectionInfo, idIndexOf, type IndexInfo, isClustered } from "../storage/collectionInfo.ts";
import { alternativesOf } from "./constraints.ts";
import { holdsAllMatches } from "./holdsAllMatches.ts";
import { boundsOf, type IndexBounds } from "./indexBounds.ts";
import type { Hint } from "./readHint.ts";
import { sortFromIndex } from "./sortFromIndex.ts";
import { constraintsFor } from "./textIntervals.ts";

/** What is looked for. */
export interface Wanted {
  readonly filter: BsonDocument;
  readonly sort?: BsonDocument | undefined;
  readonly hint?: Hint | undefined;
  /** How strings are compared: an index with another order cannot be used. */
  readonly strings?: StringOrder | undefined;
}

/** How documents are reached, and whether they come in the order of the sort. */
export interface Plan {
  readonly access: Access;
  readonly isSorted: boolean;
}

interface Candidate {
  readonly access: IndexAccess;
  readonly points: number;
  readonly columns: number;
  readonly isSorted: boolean;
}

/**
 * Chooses how to reach documents: by the index in which the filter pins down the most fields, else by one that is in
 * the order of the sort, else by looking at every document.
 */
export function planAccess(collection: CollectionInfo, wanted: Wanted): Plan {
  const { hint } = wanted;
  const isNatural = hint?.kind === "natural";
  if (isNatural) return scan(collection, wanted, hint.direction);
  if (hint !== undefined)
    return hasOrder(hint.index, wanted) ? candidateOf(hint.index, wanted) : scan(collection, wanted, 1);
  const best = bestCandidate(collection, wanted);
  if (best !== null && (best.columns > 0 || alternativesOf(wanted.filter) === null)) return best;
  return planUnion(collection, wanted) ?? best ?? scan(collection, wanted, 1);
}

function scan(collection: CollectionInfo, wanted: Wanted, direction: 1 | -1): Plan {
  return { access: naturalAccess(collection, direction), isSorted: wanted.sort === undefined };
}

/** Every document, in the order in which the collection keeps them. */
export function naturalAccess(collection: CollectionInfo, direction: 1 | -1): Access {
  if (!isClustered(collection)) return { by: "scan", direction };
  return { by: "index", index: idIndexOf(collection), ranges: EVERY_KEY, direction };
}

/** Whether the keys of an index tell texts apart as the filter does. */
function hasOrder({ collation }: IndexInfo, { strings = compareStrings }: Wanted): boolean {
  return (collation === null ? compareStrings : compileCollation(collation)) === strings;
}

function bestCandidate(collection: CollectionInfo, wanted: Wanted): Candidate | null {
  const [best] = [idIndexOf(collection), ...collection.indexes]
    .filter((index) => !index.isHidden && hasOrder(index, wanted))
    .filter((index) => holdsAllMatches(index, constraintsFor(index, wanted.filter)))
    .map((index) => candidateOf(index, wanted))
    .filter(({ columns, isSorted }) => columns > 0 || (wanted.sort !== undefined && isSorted))
    .toSorted(compareCandidates);
  return best ?? null;
}

function compareCandidates(left: Candidate, right: Candidate): number {
  return (
    Number(right.columns > 0) - Number(left.columns > 0) ||
    right.points - left.points ||
    right.columns - left.columns ||
    Number(right.isSorted) - Number(left.isSorted) ||
    left.access.ranges.length - right.access.ranges.length ||
    left.access.index.fields.length - right.access.index.fields.length
  );
}

function candidateOf(index: IndexInfo, { filter, sort }: Wanted): Candidate {
  const bounds = boundsOf(index, constraintsFor(index, filter));
  const direction = sort === undefined ? 1 : sortedDirection(index, bounds, sort);
  return {
    access: { by: "index", index, ranges: bounds.ranges, direction: direction ?? 1 },
    points: bounds.points,
    columns: bounds.columns.length,
    isSorted: direction !== null,
  };
}

/** The keys of a collation have no order. */
function sortedDirection(index: IndexInfo, bounds: IndexBounds, sort: BsonDocument): 1 | -1 | null {
  return index.collation === null ? sortFromIndex(index, bounds, sort) : null;
}

/** Alternatives of which each has an index of its own. */
function planUnion(collection: CollectionInfo, wanted: Wanted): Plan | null {
  const branches = alternativesOf(wanted.filter);
  if (branches === null) return null;
  const { strings } = wanted;
  const parts = branches.map((filter) => bestCandidate(collection, { filter, strings }));
  if (!parts.every((part) => part !== null)) return null;
  return {
    access: { by: "union", parts: parts.map(({ access }) => access) },
    isSorted: wanted.sort === undefined,
  };
}
