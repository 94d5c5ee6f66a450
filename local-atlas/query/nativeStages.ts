import { Int32 } from "bson";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { isNumeric, toNumber } from "../bson/numbers.ts";
import { splitPath, valueAt } from "../bson/paths.ts";
import { CommandError } from "../errors/CommandError.ts";
import { changeAt } from "../update/changeAt.ts";
import { addFields } from "./addFields.ts";
import { bucketStage } from "./bucketStage.ts";
import { compileFilter } from "./compileFilter.ts";
import { MINGO_STAGES } from "./mingoStages.ts";
import { compileSimpleProjection } from "./projectDocument.ts";
import { runStages, type Stage } from "./runStages.ts";
import { sortDocuments } from "./sortDocuments.ts";

/** The stages that only choose, order or take apart: on typed documents, so that every value stays what it is. */
export const NATIVE_STAGES: Readonly<Record<string, Stage>> = {
  $match: (documents, filter, { variables }) =>
    documents.filter(compileFilter(asDocument("$match", filter), variables)),
  $sort: (documents, sort) => sortDocuments(documents, asDocument("$sort", sort)),
  $skip: (documents, size) => documents.slice(asSize("$skip", size)),
  $limit: (documents, size) => documents.slice(0, asSize("$limit", size)),
  $count: (documents, name) => countDocuments(documents, name),
  $addFields: addFields,
  $set: addFields,
  $bucket: bucketStage,
  $project: project,
  $unset: (documents, paths) => unset(documents, paths),
  $unwind: (documents, argument) => unwind(documents, argument),
  $facet: (documents, facets, context) => [
    Object.fromEntries(
      Object.entries(asDocument("$facet", facets)).map(([name, stages]) => [
        name,
        runStages(documents, asStages(stages), context),
      ]),
    ),
  ],
};

function project(...[documents, argument, context]: Parameters<Stage>): ReturnType<Stage> {
  const projector = compileSimpleProjection(asDocument("$project", argument));
  if (projector !== null) return documents.map(projector);
  const calculate = MINGO_STAGES["$project"];
  if (calculate === undefined) throw new Error("mingo has no $project");
  return calculate(documents, argument, context);
}

function countDocuments(documents: readonly BsonDocument[], name: unknown): readonly BsonDocument[] {
  if (typeof name !== "string" || name === "" || name.startsWith("$") || name.includes(".")) {
    throw new CommandError("BadValue", "the count field must be a non-empty string without '$' and '.'");
  }
  return documents.length === 0 ? [] : [{ [name]: new Int32(documents.length) }];
}

function unset(documents: readonly BsonDocument[], argument: unknown): readonly BsonDocument[] {
  const paths: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  const excluded = Object.fromEntries(
    paths.map((path) => {
      if (typeof path === "string" && path !== "") return [path, false];
      throw new CommandError("BadValue", "$unset specification must be a string or an array of strings");
    }),
  );
  const projector = compileSimpleProjection(excluded);
  return projector === null ? documents : documents.map(projector);
}

interface Unwind {
  readonly parts: readonly string[];
  readonly indexField: string | null;
  readonly keepsEmpty: boolean;
}

function unwind(documents: readonly BsonDocument[], argument: unknown): readonly BsonDocument[] {
  const options = parseUnwind(argument);
  return documents.flatMap((document) => {
    const value = valueAt(document, options.parts);
    if (Array.isArray(value) && value.length > 0) {
      return value.map((item: unknown, index) => withElement(document, options, item, index));
    }
    const isEmpty = value === undefined || value === null || Array.isArray(value);
    if (isEmpty && !options.keepsEmpty) return [];
    return [withElement(document, options, Array.isArray(value) ? undefined : value, null)];
  });
}

function withElement(
  document: BsonDocument,
  options: Unwind,
  item: unknown,
  index: number | null,
): BsonDocument {
  const changed = asDocument(
    "$unwind",
    changeAt(document, options.parts, false, () => item),
  );
  if (options.indexField === null) return changed;
  return { ...changed, [options.indexField]: index === null ? null : new Int32(index) };
}

function parseUnwind(argument: unknown): Unwind {
  const options = isDocument(argument) ? argument : { path: argument };
  const path = options["path"];
  if (typeof path !== "string" || !path.startsWith("$") || path.length < 2) {
    throw new CommandError("BadValue", "the path of $unwind must be a string that begins with '$'");
  }
  const field = options["includeArrayIndex"];
  return {
    parts: splitPath(path.slice(1)),
    indexField: typeof field === "string" ? field : null,
    keepsEmpty: options["preserveNullAndEmptyArrays"] === true,
  };
}

function asStages(stages: unknown): readonly BsonDocument[] {
  if (Array.isArray(stages)) return stages.map((stage) => asDocument("pipeline", stage));
  throw new CommandError("TypeMismatch", "a pipeline must be an array");
}

function asDocument(stage: string, value: unknown): BsonDocument {
  if (isDocument(value)) return value;
  throw new CommandError("FailedToParse", `the argument of ${stage} must be an object`);
}

function asSize(stage: string, value: unknown): number {
  const size = isNumeric(value) ? toNumber(value) : Number.NaN;
  const least = stage === "$limit" ? 1 : 0;
  if (Number.isInteger(size) && size >= least) return size;
  throw new CommandError("BadValue", `invalid argument to ${stage} stage: Expected a non-negative number`);
}
