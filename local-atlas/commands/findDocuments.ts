import type { BsonDocument } from "../bson/BsonDocument.ts";
import { naturalAccess, type Plan, planAccess } from "../planning/planAccess.ts";
import { hasBounds, planBetween } from "../planning/planBetween.ts";
import { readHint } from "../planning/readHint.ts";
import { BARE_ENVIRONMENT } from "../expressions/Environment.ts";
import { compileFilter } from "../query/compileFilter.ts";
import { type Keyed, keyedSort } from "../bson/sortDocuments.ts";
import { FULL_SCAN, type ScanCounts } from "../storage/access.ts";
import type { CollectionInfo } from "../storage/collectionInfo.ts";
import { OPLOG_COLLECTION } from "../storage/oplogCollection.ts";
import type { ReadView } from "../storage/ReadView.ts";
import type { StoredDocument } from "../storage/StoredDocument.ts";
import { runAtOnce, ITEMS_AT_ONCE, type Steps } from "../steps/Steps.ts";
import { runGivingWay } from "../steps/runGivingWay.ts";
import { sortInSteps } from "../steps/sortInSteps.ts";
import type { CommandContext } from "./CommandContext.ts";
import { checkTime } from "./checkTime.ts";
import type { Search } from "./Search.ts";
import { endOf, streamDocuments } from "./streamDocuments.ts";

/** The documents that match, found at once: for writes, which nobody may come between. */
export function findDocuments(
  context: CommandContext,
  collection: CollectionInfo | null,
  search: Search,
): readonly StoredDocument[] {
  return runAtOnce(searchSteps(context.view, collection, search), () => checkTime(context));
}

/** The documents that match, found while others are served. */
export function findGivingWay(
  context: CommandContext,
  collection: CollectionInfo | null,
  search: Search,
): Promise<readonly StoredDocument[]> {
  return runGivingWay(searchSteps(context.view, collection, search), () => checkTime(context));
}

/** How a search reaches its documents; throws for a hint of no index. */
export function planSearch(collection: CollectionInfo, search: Search): Plan {
  const { filter } = search;
  const natural = search.sort?.["$natural"];
  if (natural !== undefined && search.bounds === undefined) return planNatural(collection, natural);
  const { sort } = search;
  if (collection === OPLOG_COLLECTION) return { access: FULL_SCAN, isSorted: nonEmpty(sort) === undefined };
  const { strings } = search.environment ?? BARE_ENVIRONMENT;
  const hint = readHint(collection, search.hint);
  if (search.bounds !== undefined && hasBounds(search.bounds))
    return planBetween(hint, search.bounds, nonEmpty(sort));
  return planAccess(collection, {
    filter,
    sort: nonEmpty(sort),
    hint,
    strings,
  });
}

/** `{$natural: ±1}` as a sort is the order in which documents are kept. */
function planNatural(collection: CollectionInfo, order: unknown): Plan {
  return { access: naturalAccess(collection, Number(order) < 0 ? -1 : 1), isSorted: true };
}

/**
 * The documents that match: in the order asked for, else in that of the index, else in that of their insertion. Counts
 * what was looked at.
 */
export function* searchSteps(
  view: ReadView,
  collection: CollectionInfo | null,
  search: Search,
  counts?: ScanCounts,
): Steps<readonly StoredDocument[]> {
  const { environment = BARE_ENVIRONMENT } = search;
  const matches = compileFilter(search.filter, environment);
  const sort = nonEmpty(search.sort);
  const isNatural = sort?.["$natural"] !== undefined;
  const sorting = sort === undefined || isNatural ? null : keyedSort(sort, environment.strings);
  if (collection === null) return [];
  const plan = planSearch(collection, search);
  if (sorting === null || plan.isSorted) {
    const found: StoredDocument[] = [];
    for (const stored of streamDocuments(view, collection, search, plan, counts)) {
      if (stored === null) yield;
      else found.push(stored);
    }
    return found;
  }
  const end = endOf(search);
  const order = (left: Found, right: Found) => sorting.compare(left.keyed, right.keyed);
  let found: Found[] = [];
  let seen = 0;
  for (const stored of view.find(collection, plan.access, counts)) {
    if (++seen % ITEMS_AT_ONCE === 0) yield;
    if (!matches(stored.document)) continue;
    found.push({ stored, keyed: sorting.keyOf(stored.document) });
    // Of a sort with a limit, only the best ones are kept.
    if (found.length >= Math.max(KEPT_AT_LEAST, 2 * end)) found = found.toSorted(order).slice(0, end);
  }
  const sorted = yield* sortInSteps(found, order);
  return sorted.slice(search.skip ?? 0, end).map(({ stored }) => stored);
}

/** A document that matches, with what decides its place in a sort. */
interface Found {
  readonly stored: StoredDocument;
  readonly keyed: Keyed;
}

const KEPT_AT_LEAST = 512;

function nonEmpty(value: BsonDocument | undefined): BsonDocument | undefined {
  return value === undefined || Object.keys(value).length === 0 ? undefined : value;
}
