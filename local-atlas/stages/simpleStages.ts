import { Int32 } from "bson";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { isNumeric, toInt64, toNumber } from "../bson/numbers.ts";
import { type Keyed, keyedSort } from "../bson/sortDocuments.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileFilter } from "../query/compileFilter.ts";
import { sortInSteps } from "../steps/sortInSteps.ts";
import type { Steps } from "../steps/Steps.ts";
import { gathering } from "./flows.ts";
import type { Flow, RunningStage, StageContext, StageTable } from "./Stage.ts";

/** The stages that choose, count and order. */
export const SIMPLE_STAGES: StageTable = {
  $match: match,
  $sort: sort,
  $skip: skip,
  $limit: limit,
  $count: count,
  $sample: sample,
};

function match(argument: unknown, { environment }: StageContext): RunningStage {
  if (!isDocument(argument)) {
    throw new CommandError(15959, "the match filter must be an expression in an object");
  }
  const matches = compileFilter(argument, environment);
  return function* matching(input) {
    for (const document of input) yield document !== null && matches(document) ? document : null;
  };
}

function sort(argument: unknown, { environment: { strings } }: StageContext): RunningStage {
  if (!isDocument(argument)) throw new CommandError(15973, "the $sort key specification must be an object");
  if (Object.keys(argument).length === 0) {
    throw new CommandError(15976, "$sort stage must have at least one sort key");
  }
  const { keyOf, compare } = keyedSort(argument, strings);
  return function* sorting(input) {
    const keyed: Keyed[] = [];
    for (const document of input) {
      if (document !== null) keyed.push(keyOf(document));
      yield null;
    }
    yield* inOrder(sortInSteps(keyed, compare));
  };
}

function* inOrder(steps: Steps<readonly Keyed[]>): Flow {
  for (;;) {
    const step = steps.next();
    if (step.done !== true) {
      yield null;
      continue;
    }
    for (const { document } of step.value) yield document;
    return;
  }
}

function skip(argument: unknown): RunningStage {
  const size = isNumeric(argument) ? toInt64(argument) : null;
  if (size === null || size < 0n) {
    throw new CommandError(5107200, "invalid argument to $skip stage: Expected a non-negative number");
  }
  return function* skipping(input) {
    let left = Number(size);
    for (const document of input) {
      if (document === null || left === 0) {
        yield document;
        continue;
      }
      left--;
      yield null;
    }
  };
}

function limit(argument: unknown): RunningStage {
  const size = isNumeric(argument) ? toInt64(argument) : null;
  if (size === null || size < 0n) {
    throw new CommandError(5107201, "invalid argument to $limit stage: Expected a non-negative number");
  }
  if (size === 0n) throw new CommandError(15958, "the limit must be positive");
  return (input) => firstOf(input, Number(size));
}

function* firstOf(input: Flow, size: number): Flow {
  let left = size;
  for (const document of input) {
    yield document;
    if (document !== null) left--;
    if (left === 0) return;
  }
}

function count(argument: unknown): RunningStage {
  if (typeof argument !== "string")
    throw new CommandError(40156, "the count field must be a non-empty string");
  if (argument === "") throw new CommandError(40157, "the count field must be a non-empty string");
  if (argument.startsWith("$")) throw new CommandError(40158, "the count field cannot be a $-prefixed path");
  if (argument.includes("\0")) throw new CommandError(40159, "the count field cannot contain a null byte");
  if (argument.includes(".")) throw new CommandError(40160, "the count field cannot contain '.'");
  return function* counting(input) {
    let total = 0;
    for (const document of input) {
      if (document !== null) total++;
      yield null;
    }
    if (total > 0) yield { [argument]: new Int32(total) };
  };
}

function sample(argument: unknown): RunningStage {
  if (!isDocument(argument))
    throw new CommandError(28745, "the $sample stage specification must be an object");
  const { size, ...others } = argument;
  if (Object.keys(others).length > 0) throw new CommandError(28748, "unrecognized option to $sample");
  if (size === undefined) throw new CommandError(28749, "$sample stage must specify a size");
  if (!isNumeric(size)) throw new CommandError(28746, "size argument to $sample must be a number");
  const wanted = toNumber(size);
  if (!(wanted > 0)) throw new CommandError(28747, "size argument to $sample must be a positive integer");
  return gathering((documents) => shuffled(documents).slice(0, wanted));
}

function shuffled(documents: readonly BsonDocument[]): readonly BsonDocument[] {
  return documents
    .map((document) => ({ document, place: Math.random() }))
    .toSorted((left, right) => left.place - right.place)
    .map(({ document }) => document);
}
