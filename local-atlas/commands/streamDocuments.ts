import { compileSort } from "../bson/sortDocuments.ts";
import { BARE_ENVIRONMENT } from "../expressions/Environment.ts";
import type { Plan } from "../planning/planAccess.ts";
import { compileFilter } from "../query/compileFilter.ts";
import type { ScanCounts } from "../storage/access.ts";
import type { CollectionInfo } from "../storage/collectionInfo.ts";
import type { ReadView } from "../storage/ReadView.ts";
import type { StoredDocument } from "../storage/StoredDocument.ts";
import { ITEMS_AT_ONCE } from "../steps/Steps.ts";
import type { Search } from "./Search.ts";

/**
 * The documents that match, one after the other, where the plan gives them in the order asked for; `null` is a step that
 * gave none. The filter is checked at once.
 */
export function streamDocuments(
  view: ReadView,
  collection: CollectionInfo,
  search: Search,
  plan: Plan,
  counts?: ScanCounts,
): Iterable<StoredDocument | null> {
  const matches = compileFilter(search.filter, search.environment ?? BARE_ENVIRONMENT);
  // A sort that the plan does must be one, too.
  if (search.sort !== undefined && search.sort["$natural"] === undefined) compileSort(search.sort);
  const skip = search.skip ?? 0;
  const end = endOf(search);
  return (function* stream() {
    let [seen, found] = [0, 0];
    for (const stored of view.find(collection, plan.access, counts)) {
      if (++seen % ITEMS_AT_ONCE === 0) yield null;
      if (!matches(stored.document)) continue;
      if (++found > skip) yield stored;
      if (found >= end) return;
    }
  })();
}

/** How many documents a search finds at most, those that it skips included. */
export function endOf({ skip = 0, limit }: Search): number {
  return limit === undefined || limit === null ? Infinity : skip + limit;
}
