import { isDocument } from "../bson/BsonDocument.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileExpression } from "../expressions/compileExpression.ts";
import { constantValue } from "../expressions/Expression.ts";
import type { RunningStage, StageContext, StageTable } from "./Stage.ts";

/** Stages that bring documents from elsewhere. */
export const SOURCES: StageTable = { $unionWith: unionWith, $documents: documents };

function unionWith(argument: unknown, context: StageContext): RunningStage {
  if (typeof argument !== "string" && !isDocument(argument)) {
    throw new CommandError(
      "FailedToParse",
      `the $unionWith stage specification must be an object or string, but found ${typeName(argument)}`,
    );
  }
  const { coll, pipeline = [], ...others } = typeof argument === "string" ? { coll: argument } : argument;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new CommandError("UnknownField", `BSON field '$unionWith.${unknown}' is an unknown field.`);
  }
  if (!Array.isArray(pipeline)) {
    throw new CommandError(
      "TypeMismatch",
      `BSON field '$unionWith.pipeline' is the wrong type '${typeName(pipeline)}'`,
    );
  }
  const hasOwnDocuments = isDocument(pipeline[0]) && Object.hasOwn(pipeline[0], "$documents");
  if (typeof coll !== "string" && !hasOwnDocuments) {
    throw new CommandError(
      "FailedToParse",
      "$unionWith stage without explicit collection must have a pipeline with $documents as first stage",
    );
  }
  const run = context.compilePipeline(pipeline, context);
  return function* united(input) {
    yield* input;
    yield* run(typeof coll === "string" ? context.collection(coll) : []);
  };
}

function documents(argument: unknown, { environment }: StageContext): RunningStage {
  const value = constantValue(compileExpression(argument, environment));
  if (!Array.isArray(value))
    throw new CommandError(
      5858203,
      `error during evaluation of the $documents expression: an array is expected`,
    );
  const wrong = value.find((item: unknown) => !isDocument(item));
  if (wrong !== undefined)
    throw new CommandError(40228, `$documents array elements must be objects, found ${typeName(wrong)}`);
  return () => value.filter((item: unknown) => isDocument(item));
}
