import type { BsonDocument } from "../bson/BsonDocument.ts";
import { compareStrings } from "../bson/compareStrings.ts";
import { type Plan, planAccess } from "../planning/planAccess.ts";
import { readHint } from "../planning/readHint.ts";
import { BARE_ENVIRONMENT, type Environment } from "../expressions/Environment.ts";
import { compileFilter } from "../query/compileFilter.ts";
import { keyedSort } from "../bson/sortDocuments.ts";
import type { ScanCounts } from "../storage/access.ts";
import type { CollectionInfo } from "../storage/collectionInfo.ts";
import type { ReadView } from "../storage/ReadView.ts";
import type { StoredDocument } from "../storage/StoredDocument.ts";
import { runAtOnce, ITEMS_AT_ONCE, type Steps } from "../steps/Steps.ts";
import { runGivingWay } from "../steps/runGivingWay.ts";
import { sortInSteps } from "../steps/sortInSteps.ts";
import type { CommandContext } from "./CommandContext.ts";
import { checkTime } from "./checkTime.ts";

/** What to look for. `limit` counts after sorting; `null` for no limit. */
export interface Search {
  readonly filter: BsonDocument;
  readonly sort?: BsonDocument | undefined;
  readonly skip?: number | undefined;
  readonly limit?: number | null | undefined;
  readonly environment?: Environment | undefined;
  readonly hint?: unknown;
}

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
  const { filter, sort } = search;
  const { strings } = search.environment ?? BARE_ENVIRONMENT;
  const hint = readHint(collection, search.hint);
  return planAccess(collection, {
    filter,
    sort: nonEmpty(sort),
    hint,
    hasCollation: strings !== compareStrings,
  });
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
  const sorting = sort === undefined ? null : keyedSort(sort, environment.strings);
  if (collection === null) return [];
  const plan = planSearch(collection, search);
  const skip = search.skip ?? 0;
  const end = search.limit === undefined || search.limit === null ? Infinity : skip + search.limit;
  const found: StoredDocument[] = [];
  let seen = 0;
  for (const stored of view.find(collection, plan.access, counts)) {
    if (++seen % ITEMS_AT_ONCE === 0) yield;
    if (!matches(stored.document)) continue;
    found.push(stored);
    if (plan.isSorted && found.length >= end) break;
  }
  if (plan.isSorted || sorting === null) return found.slice(skip, end);
  const keyed = found.map((stored) => ({ stored, ...sorting.keyOf(stored.document) }));
  const sorted = yield* sortInSteps(keyed, sorting.compare);
  return sorted.slice(skip, end).map(({ stored }) => stored);
}

function nonEmpty(value: BsonDocument | undefined): BsonDocument | undefined {
  return value === undefined || Object.keys(value).length === 0 ? undefined : value;
}
