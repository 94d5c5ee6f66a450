import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { compareValues } from "../bson/compareValues.ts";
import { CommandError } from "../errors/CommandError.ts";
import { runStages, type Stage } from "./runStages.ts";

const FIELDS = new Set(["groupBy", "boundaries", "default", "output"]);

/** `$bucket`, as the `$group` that it stands for: `mingo` puts a value that equals a boundary into the wrong one. */
export const bucketStage: Stage = (documents, argument, context) => {
  const { groupBy, boundaries, output, ...others } = checkBucket(argument);
  const id = boundaries.slice(0, -1).reduceRight<unknown>(
    (otherwise, lower, index) => {
      const isInside = { $and: [{ $gte: [groupBy, lower] }, { $lt: [groupBy, boundaries[index + 1]] }] };
      return { $cond: [isInside, { $literal: lower }, otherwise] };
    },
    { $literal: others.default ?? null },
  );
  const stages = [{ $group: { _id: id, ...(output ?? { count: { $sum: 1 } }) } }, { $sort: { _id: 1 } }];
  const buckets = runStages(documents, stages, context);
  if (!Object.hasOwn(others, "default") && buckets.some((bucket) => (bucket["_id"] ?? null) === null)) {
    throw new CommandError("BadValue", "$bucket found a value outside of its boundaries and has no default");
  }
  return buckets;
};

interface Bucket {
  readonly groupBy: unknown;
  readonly boundaries: readonly unknown[];
  readonly output?: BsonDocument;
  readonly default?: unknown;
}

function checkBucket(argument: unknown): Bucket {
  const fields = isDocument(argument) ? argument : {};
  const { groupBy, boundaries, output } = fields;
  const unknown = Object.keys(fields).find((name) => !FIELDS.has(name));
  if (unknown !== undefined)
    throw new CommandError("BadValue", `Unrecognized option to $bucket: ${unknown}.`);
  if (groupBy === undefined || !Array.isArray(boundaries) || boundaries.length < 2) {
    throw new CommandError("BadValue", "$bucket requires 'groupBy' and 'boundaries' of at least two values");
  }
  if (boundaries.some((value, index) => index > 0 && compareValues(boundaries[index - 1], value) >= 0)) {
    throw new CommandError("BadValue", "The 'boundaries' of $bucket must be in ascending order");
  }
  return {
    groupBy,
    boundaries,
    ...(isDocument(output) ? { output } : {}),
    ...(Object.hasOwn(fields, "default") ? { default: fields["default"] } : {}),
  };
}
