import type { BsonDocument } from "../bson/BsonDocument.ts";
import { runStages, type StageContext } from "../query/runStages.ts";
import type { Steps } from "../steps/Steps.ts";

/** Stages that look at one document at a time: their input may come in parts. */
const ONE_BY_ONE = new Set([
  "$addFields",
  "$graphLookup",
  "$lookup",
  "$match",
  "$project",
  "$redact",
  "$replaceRoot",
  "$replaceWith",
  "$set",
  "$unset",
  "$unwind",
]);
const PART = 128;

/** Runs the stages of a pipeline one after the other, stopping now and then. */
export function* pipelineSteps(
  documents: readonly BsonDocument[],
  stages: readonly BsonDocument[],
  context: StageContext,
): Steps<readonly BsonDocument[]> {
  let current = documents;
  for (const stage of stages) {
    const [name = ""] = Object.keys(stage);
    current = yield* stageSteps(current, stage, ONE_BY_ONE.has(name), context);
  }
  return current;
}

function* stageSteps(
  documents: readonly BsonDocument[],
  stage: BsonDocument,
  isOneByOne: boolean,
  context: StageContext,
): Steps<readonly BsonDocument[]> {
  if (!isOneByOne || documents.length <= PART) {
    yield;
    return runStages(documents, [stage], context);
  }
  const results: BsonDocument[] = [];
  for (let start = 0; start < documents.length; start += PART) {
    for (const result of runStages(documents.slice(start, start + PART), [stage], context))
      results.push(result);
    yield;
  }
  return results;
}
