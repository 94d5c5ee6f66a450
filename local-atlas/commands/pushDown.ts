import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { isNumeric, toNumber } from "../bson/numbers.ts";
import type { Search } from "./Search.ts";

/** The beginning of a pipeline as a search, which may use an index, and the stages after it. */
export interface PushedDown {
  readonly search: Search;
  readonly rest: readonly BsonDocument[];
}

/** Takes the leading `$match`es, a `$sort`, a `$skip` and a `$limit` of a pipeline as one search. */
export function pushDown(pipeline: readonly BsonDocument[]): PushedDown {
  const matches = leading(pipeline, "$match");
  let rest = pipeline.slice(matches.length);
  const sort = rest[0]?.["$sort"];
  const isSortable = isDocument(sort) && Object.values(sort).every(isNumeric) && Object.keys(sort).length > 0;
  if (isSortable) rest = rest.slice(1);
  const skip = sizeOf(rest[0], "$skip");
  if (skip !== null) rest = rest.slice(1);
  const limit = sizeOf(rest[0], "$limit");
  if (limit !== null && limit > 0) rest = rest.slice(1);
  const search = {
    filter: allOf(matches),
    sort: isSortable ? sort : undefined,
    skip: skip ?? undefined,
    limit: limit === 0 ? null : limit,
  };
  return { search, rest };
}

function leading(pipeline: readonly BsonDocument[], name: string): readonly BsonDocument[] {
  const filters = pipeline.map((stage) => stage[name]);
  const end = filters.findIndex((filter) => !isDocument(filter));
  return filters.slice(0, end === -1 ? filters.length : end).filter(isDocument);
}

function allOf(filters: readonly BsonDocument[]): BsonDocument {
  const [first = {}, ...others] = filters;
  return others.length === 0 ? first : { $and: filters };
}

function sizeOf(stage: BsonDocument | undefined, name: string): number | null {
  const value = stage?.[name];
  if (!isNumeric(value)) return null;
  const size = toNumber(value);
  return Number.isSafeInteger(size) && size >= 0 ? size : null;
}
