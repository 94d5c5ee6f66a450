import type { BsonDocument } from "../bson/BsonDocument.ts";
import { compileFilter, type Variables } from "../query/compileFilter.ts";
import { compileSort } from "../query/sortDocuments.ts";
import { planAccess } from "../storage/access.ts";
import type { CollectionInfo } from "../storage/collectionInfo.ts";
import type { ReadView } from "../storage/ReadView.ts";
import type { StoredDocument } from "../storage/StoredDocument.ts";

/** What to look for. `limit` counts after sorting; `null` for no limit. */
export interface Search {
  readonly filter: BsonDocument;
  readonly sort?: BsonDocument | undefined;
  readonly skip?: number | undefined;
  readonly limit?: number | null | undefined;
  readonly variables?: Variables | undefined;
}

/** The documents that match, in the order asked for, else in the order of their insertion. */
export function findDocuments(
  view: ReadView,
  collection: CollectionInfo | null,
  search: Search,
): readonly StoredDocument[] {
  const matches = compileFilter(search.filter, search.variables);
  const compare = search.sort === undefined ? null : compileSort(search.sort);
  if (collection === null) return [];
  const skip = search.skip ?? 0;
  const end = search.limit === undefined || search.limit === null ? Infinity : skip + search.limit;
  const found: StoredDocument[] = [];
  for (const stored of view.find(collection, planAccess(collection, search.filter))) {
    if (!matches(stored.document)) continue;
    found.push(stored);
    if (compare === null && found.length >= end) break;
  }
  if (compare !== null) found.sort((left, right) => compare(left.document, right.document));
  return found.slice(skip, end);
}
