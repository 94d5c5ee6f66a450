import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { compareValues } from "../bson/compareValues.ts";
import { isNumeric, toInt32 } from "../bson/numbers.ts";
import { documentOf } from "../bson/orderedDocument.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { Environment } from "../expressions/Environment.ts";
import type { Expression } from "../expressions/Expression.ts";
import { groupExpression, outputOf } from "./bucket.ts";
import { gathering } from "./flows.ts";
import { type Outputs, parseOutputs, startAll } from "./group.ts";
import type { Flow, RunningStage, StageContext, StageTable } from "./Stage.ts";

/** Groups into ranges that hold about as many documents each. */
export const BUCKET_AUTO: StageTable = { $bucketAuto: bucketAuto };

const FIELDS = new Set(["groupBy", "buckets", "output", "granularity"]);

interface Entry {
  readonly value: unknown;
  readonly root: BsonDocument;
}

function bucketAuto(argument: unknown, { environment }: StageContext): RunningStage {
  if (!isDocument(argument)) {
    throw new CommandError(
      40240,
      `The argument to $bucketAuto must be an object, but found type: ${typeName(argument)}`,
    );
  }
  const unknown = Object.keys(argument).find((name) => !FIELDS.has(name));
  if (unknown !== undefined) throw new CommandError(40245, `Unrecognized option to $bucketAuto: ${unknown}.`);
  if (argument["granularity"] !== undefined) {
    throw new CommandError(
      "NotImplemented",
      "the granularity of $bucketAuto is not supported by this server",
    );
  }
  const by = groupExpression(argument["groupBy"], 40239, environment);
  if (by === null || argument["buckets"] === undefined) {
    throw new CommandError(40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified.");
  }
  const count = bucketCount(argument["buckets"]);
  const outputs = parseOutputs(outputOf(argument["output"], 40244), environment);
  return gathering((documents) => buckets(documents, by, count, outputs, environment));
}

function bucketCount(value: unknown): number {
  if (!isNumeric(value)) {
    throw new CommandError(
      40241,
      `The $bucketAuto 'buckets' field must be a numeric value, but found type: ${typeName(value)}`,
    );
  }
  const count = toInt32(value);
  if (count === null) {
    throw new CommandError(
      40242,
      "The $bucketAuto 'buckets' field must be representable as a 32-bit integer",
    );
  }
  if (count <= 0)
    throw new CommandError(
      40243,
      `The $bucketAuto 'buckets' field must be greater than 0, but found: ${count}`,
    );
  return count;
}

/** Equal values are never parted, so a bucket may be fuller than its share, and there may be fewer of them. */
function* buckets(
  documents: readonly BsonDocument[],
  by: Expression,
  count: number,
  outputs: Outputs,
  { strings }: Environment,
): Flow {
  const entries = documents
    .map((root): Entry => ({ value: by.evaluate({ root, bound: null }) ?? null, root }))
    .toSorted((left, right) => compareValues(left.value, right.value, strings));
  const share = Math.max(1, Math.round(entries.length / count));
  let start = 0;
  for (let made = 1; start < entries.length; made++) {
    let end = made === count ? entries.length : Math.min(start + share, entries.length);
    while (end < entries.length && compareValues(entries[end]?.value, entries[end - 1]?.value, strings) === 0)
      end++;
    yield bucketOf(entries.slice(start, end), entries[end], outputs);
    start = end;
  }
}

/** The upper bound is the next bucket's lower one; that of the last bucket is its greatest value. */
function bucketOf(entries: readonly Entry[], next: Entry | undefined, outputs: Outputs): BsonDocument {
  const accumulators = startAll(outputs, null);
  for (const { root } of entries) {
    for (const [, accumulator] of accumulators) accumulator.add({ root, bound: null });
  }
  const bounds = { min: entries[0]?.value, max: (next ?? entries.at(-1))?.value };
  return documentOf([
    ["_id", bounds],
    ...accumulators.map(([name, accumulator]) => [name, accumulator.result() ?? null] as const),
  ]);
}
