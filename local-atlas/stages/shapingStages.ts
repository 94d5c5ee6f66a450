import { isDocument } from "../bson/BsonDocument.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileExpression } from "../expressions/compileExpression.ts";
import { parseProjection } from "../projection/parseProjection.ts";
import { calculate, projector } from "../projection/projectDocument.ts";
import { parseAddedFields } from "../projection/parseAddedFields.ts";
import { mapping } from "./flows.ts";
import type { RunningStage, StageContext, StageTable } from "./Stage.ts";

/** The stages that give every document another shape. */
export const SHAPING_STAGES: StageTable = {
  $project: project,
  $unset: unset,
  $addFields: addedFields,
  $set: addedFields,
  $replaceRoot: (argument, context) => {
    if (!isDocument(argument)) {
      throw new CommandError(
        40229,
        `expected an object as specification for $replaceRoot stage, got ${typeName(argument)}`,
      );
    }
    const { newRoot, ...others } = argument;
    const [unknown] = Object.keys(others);
    if (unknown !== undefined) {
      throw new CommandError("UnknownField", `BSON field '$replaceRoot.${unknown}' is an unknown field.`);
    }
    if (newRoot === undefined) {
      throw new CommandError(
        "MissingField",
        "BSON field '$replaceRoot.newRoot' is missing but a required field",
      );
    }
    return replaceWith(newRoot, context);
  },
  $replaceWith: replaceWith,
};

function project(argument: unknown, { environment }: StageContext): RunningStage {
  if (!isDocument(argument)) throw new CommandError(15969, "$project specification must be an object");
  if (Object.keys(argument).length === 0) {
    throw new CommandError(
      51272,
      "Invalid $project :: caused by :: projection specification must have at least one field",
    );
  }
  return mapping(projector(parseProjection(argument, environment)));
}

function unset(argument: unknown, context: StageContext): RunningStage {
  const paths: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  if (!Array.isArray(argument) && typeof argument !== "string") {
    throw new CommandError(31002, "$unset specification must be a string or an array");
  }
  if (paths.length === 0) {
    throw new CommandError(
      31119,
      "$unset specification must be a string or an array with at least one field",
    );
  }
  const excluded = paths.map((path) => {
    if (typeof path === "string") return [path, false] as const;
    throw new CommandError(
      31120,
      "$unset specification must be a string or an array containing only string values",
    );
  });
  const twice = excluded.find(([path], at) => excluded.slice(0, at).some(([other]) => other === path));
  if (twice !== undefined)
    throw new CommandError(31250, `Invalid $unset :: caused by :: Path collision at ${twice[0]}`);
  return mapping(projector(parseProjection(Object.fromEntries(excluded), context.environment)));
}

function addedFields(argument: unknown, { environment }: StageContext, name: string): RunningStage {
  if (!isDocument(argument)) {
    throw new CommandError(40272, `${name} specification stage must be an object, got ${typeName(argument)}`);
  }
  if (Object.keys(argument).length === 0) {
    throw new CommandError(
      40177,
      `Invalid ${name} :: caused by :: specification must have at least one field`,
    );
  }
  const tree = parseAddedFields(argument, environment);
  return mapping((root) => calculate(root, tree, { root, bound: null }));
}

function replaceWith(argument: unknown, { environment }: StageContext): RunningStage {
  const expression = compileExpression(argument, environment);
  return mapping((root) => {
    const value = expression.evaluate({ root, bound: null });
    if (isDocument(value)) return value;
    throw new CommandError(
      40228,
      `'newRoot' expression must evaluate to an object, but resulting value was of type: ${typeName(value)}`,
    );
  });
}
