import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { isOperatorDocument } from "../query/isOperatorDocument.ts";
import { conditionIntervals, type TextIntervals } from "./conditionIntervals.ts";
import { intersect, type Interval } from "./interval.ts";

/** What a filter says about each path: lists of intervals, in every one of which some key of a match lies. */
export type Constraints = ReadonlyMap<string, readonly (readonly Interval[])[]>;

/** Reads what a filter says about single paths; `$or` and its like say nothing here. */
export function constraintsOf(filter: BsonDocument, texts: TextIntervals | null = null): Constraints {
  const constraints = new Map<string, (readonly Interval[])[]>();
  for (const [path, intervals] of constraintsIn(filter, texts)) {
    constraints.set(path, [...(constraints.get(path) ?? []), intervals]);
  }
  return constraints;
}

type Constraint = readonly [path: string, intervals: readonly Interval[]];

function constraintsIn(filter: BsonDocument, texts: TextIntervals | null): readonly Constraint[] {
  return Object.entries(filter).flatMap(([path, condition]) => {
    if (path === "$and" && Array.isArray(condition))
      return condition.filter(isDocument).flatMap((branch) => constraintsIn(branch, texts));
    return path.startsWith("$") ? [] : fieldConstraints(path, condition, texts);
  });
}

function fieldConstraints(
  path: string,
  condition: unknown,
  texts: TextIntervals | null,
): readonly Constraint[] {
  const own = conditionIntervals(condition, texts).map((intervals): Constraint => [path, intervals]);
  const element = isOperatorDocument(condition) ? condition["$elemMatch"] : undefined;
  return isDocument(element) ? [...own, ...elementConstraints(path, element, texts)] : own;
}

/** One element fulfils all of it: of a value, all at once; of a document, each field. */
function elementConstraints(
  path: string,
  element: BsonDocument,
  texts: TextIntervals | null,
): readonly Constraint[] {
  if (!isOperatorDocument(element))
    return constraintsIn(element, texts).map(([inner, intervals]) => [`${path}.${inner}`, intervals]);
  const [first, ...rest] = conditionIntervals(element, texts);
  return first === undefined ? [] : [[path, rest.reduce(intersect, first)]];
}

/** The alternatives of a filter's first `$or`; `null` where there is none. */
export function alternativesOf(filter: BsonDocument): readonly BsonDocument[] | null {
  const branches = filter["$or"];
  if (!Array.isArray(branches) || branches.length === 0 || !branches.every(isDocument)) return null;
  const { $or: _branches, ...rest } = filter;
  return branches.map((branch) => (Object.keys(rest).length === 0 ? branch : { $and: [rest, branch] }));
}
