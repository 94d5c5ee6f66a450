import type { BsonDocument } from "../bson/BsonDocument.ts";
import type { RunningStage } from "../stages/Stage.ts";
import type { Steps } from "../steps/Steps.ts";

/** Runs a pipeline, stopping at each of its steps. */
export function* pipelineSteps(
  documents: readonly BsonDocument[],
  run: RunningStage,
): Steps<readonly BsonDocument[]> {
  const results: BsonDocument[] = [];
  for (const document of run(documents)) {
    if (document !== null) results.push(document);
    yield;
  }
  return results;
}
