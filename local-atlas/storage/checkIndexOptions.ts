import type { BsonDocument } from "../bson/BsonDocument.ts";
import { isNumeric, toNumber } from "../bson/numbers.ts";
import { CommandError } from "../errors/CommandError.ts";

/** Fields of indexes that we do not have: the server knows them. */
const OTHER_KINDS = new Set([
  "weights",
  "default_language",
  "language_override",
  "textIndexVersion",
  "2dsphereIndexVersion",
  "bits",
  "min",
  "max",
  "bucketSize",
  "wildcardProjection",
  "storageEngine",
]);

const FLAGS = ["unique", "sparse", "hidden", "background", "prepareUnique"];
const ID_OPTIONS = new Set(["v", "key", "name", "ns", "collation", "clustered", "background"]);

const OPTIONS = new Set([
  "v",
  "key",
  "name",
  "unique",
  "sparse",
  "partialFilterExpression",
  "expireAfterSeconds",
  "background",
  "hidden",
  "collation",
  "ns",
  "clustered",
  "prepareUnique",
]);

/** Throws for an option that no index has, or that ours have not. */
export function checkIndexOption(option: string): void {
  if (OPTIONS.has(option)) return;
  if (OTHER_KINDS.has(option))
    throw new CommandError("InvalidOptions", `The index option '${option}' is not supported by this server`);
  throw new CommandError(
    "InvalidIndexSpecificationOption",
    `The field '${option}' is not valid for an index specification.`,
  );
}

/** Throws for options of the wrong type, and for those that the server does not have together. */
export function checkIndexOptions(key: BsonDocument, spec: BsonDocument): void {
  for (const name of FLAGS) {
    const value = spec[name];
    if (value === undefined || typeof value === "boolean" || isNumeric(value)) continue;
    throw new CommandError("TypeMismatch", `The field '${name}' is not convertible to bool`);
  }
  if (Object.keys(key).join() === "_id" && Number(key["_id"]) === 1) checkIdIndex(spec);
  const hashed = Object.values(key).filter((direction) => direction === "hashed");
  if (hashed.length > 1)
    throw new CommandError(31303, "A maximum of one index field is allowed to be hashed");
  if (hashed.length === 1 && isSet(spec["unique"]))
    throw new CommandError(
      16764,
      "Currently hashed indexes cannot guarantee uniqueness. Use a regular index.",
    );
  if (isSet(spec["sparse"]) && spec["partialFilterExpression"] !== undefined)
    throw new CommandError("CannotCreateIndex", 'cannot mix "partialFilterExpression" and "sparse" options');
  if (spec["expireAfterSeconds"] !== undefined) checkExpiry(key, spec["expireAfterSeconds"]);
}

function checkIdIndex(spec: BsonDocument): void {
  const extra = Object.keys(spec).find(
    (name) => !ID_OPTIONS.has(name) && !(name === "unique" && spec["clustered"] === true),
  );
  if (extra === undefined) return;
  throw new CommandError(
    "InvalidIndexSpecificationOption",
    `The field '${extra}' is not valid for an _id index specification.`,
  );
}

const MAX_SECONDS = 2 ** 31 - 1;

function checkExpiry(key: BsonDocument, seconds: unknown): void {
  const paths = Object.keys(key);
  if (!isNumeric(seconds))
    throw new CommandError("CannotCreateIndex", "TTL index 'expireAfterSeconds' option must be numeric");
  if (toNumber(seconds) < 0 || toNumber(seconds) > MAX_SECONDS)
    throw new CommandError(
      "CannotCreateIndex",
      `TTL index 'expireAfterSeconds' option must be within an acceptable range, from 0 to ${MAX_SECONDS}`,
    );
  if (paths.length > 1)
    throw new CommandError(
      "CannotCreateIndex",
      "TTL indexes are single-field indexes, compound indexes do not support TTL",
    );
  if (paths[0] === "_id")
    throw new CommandError(
      "CannotCreateIndex",
      "The field 'expireAfterSeconds' is not valid for an _id index",
    );
}

/** An option that is on: the server takes numbers too. */
export function isSet(value: unknown): boolean {
  return value === true || (isNumeric(value) && toNumber(value) !== 0);
}
