import { isDocument } from "../bson/BsonDocument.ts";
import type { IndexInfo } from "../storage/collectionInfo.ts";
import { conditionIntervals } from "./conditionIntervals.ts";
import type { Constraints } from "./constraints.ts";
import { type Interval, intersect, isWithin, pointOf } from "./interval.ts";

/** Whether an index that leaves documents out has all those that a filter may match. */
export function holdsAllMatches(index: IndexInfo, constraints: Constraints): boolean {
  return isInSparse(index, constraints) && isInPartial(index, constraints);
}

/** A document is in a sparse index when it has one of the fields. */
function isInSparse(index: IndexInfo, constraints: Constraints): boolean {
  return !index.sparse || index.fields.some(({ path }) => excludesNull(constraints.get(path)));
}

function excludesNull(lists: readonly (readonly Interval[])[] | undefined): boolean {
  return lists?.some((list) => intersect(list, [pointOf(null)]).length === 0) ?? false;
}

/** The filter must say as much about each path as the index's own filter. */
function isInPartial(index: IndexInfo, constraints: Constraints): boolean {
  if (index.partial === null) return true;
  const expression = index.spec["partialFilterExpression"];
  if (!isDocument(expression)) return false;
  return Object.entries(expression).every(([path, condition]) => {
    if (path.startsWith("$")) return false;
    const lists = constraints.get(path);
    if (isDocument(condition) && condition["$exists"] === true && Object.keys(condition).length === 1)
      return excludesNull(lists);
    const own = conditionIntervals(condition);
    const count = isDocument(condition) ? Object.keys(condition).length : 1;
    return (
      own.length === count && own.every((needed) => lists?.some((list) => isWithin(list, needed)) ?? false)
    );
  });
}
