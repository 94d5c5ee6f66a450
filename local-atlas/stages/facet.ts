import { checkFieldName } from "../expressions/fieldPath.ts";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { Flow, RunningStage, StageContext, StageTable } from "./Stage.ts";

/** Several pipelines over the same documents. */
export const FACET: StageTable = { $facet: facet };

const FORBIDDEN = new Set([
  "$facet",
  "$out",
  "$merge",
  "$collStats",
  "$indexStats",
  "$geoNear",
  "$changeStream",
  "$documents",
]);

function facet(argument: unknown, context: StageContext): RunningStage {
  if (!isDocument(argument) || Object.keys(argument).length === 0) {
    throw new CommandError(40169, "the $facet specification must be a non-empty object");
  }
  const pipelines = Object.entries(argument).map(([name, stages]) => {
    if (!Array.isArray(stages)) {
      throw new CommandError(
        40170,
        `arguments to $facet must be arrays, ${name} is type ${typeName(stages)}`,
      );
    }
    checkFieldName(name);
    for (const stage of stages) checkInner(stage);
    return [name, context.compilePipeline(stages, context)] as const;
  });
  return (input) => facets(input, pipelines);
}

function checkInner(stage: unknown): void {
  const [name] = isDocument(stage) ? Object.keys(stage) : [];
  if (name === undefined) {
    throw new CommandError(
      40171,
      `elements of arrays in $facet spec must be non-empty objects, found ${typeName(stage)}`,
    );
  }
  if (FORBIDDEN.has(name))
    throw new CommandError(40600, `${name} is not allowed to be used within a $facet stage`);
}

function* facets(input: Flow, pipelines: readonly (readonly [string, RunningStage])[]): Flow {
  const documents: BsonDocument[] = [];
  for (const document of input) {
    if (document !== null) documents.push(document);
    yield null;
  }
  const results: [string, BsonDocument[]][] = [];
  for (const [name, run] of pipelines) {
    const found: BsonDocument[] = [];
    for (const document of run(documents)) {
      if (document !== null) found.push(document);
      yield null;
    }
    results.push([name, found]);
  }
  yield Object.fromEntries(results);
}
