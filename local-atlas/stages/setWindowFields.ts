import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { sortDocuments } from "../bson/sortDocuments.ts";
import { typeName } from "../bson/typeNames.ts";
import { keyMaker } from "../bson/valueKeys.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileExpression } from "../expressions/compileExpression.ts";
import type { Environment } from "../expressions/Environment.ts";
import { constant, type Expression } from "../expressions/Expression.ts";
import { checkPath } from "../expressions/fieldPath.ts";
import type { FieldTree } from "../projection/parseProjection.ts";
import { insertField } from "../projection/parseProjection.ts";
import { calculate } from "../projection/projectDocument.ts";
import { compileWindowFunction } from "../windows/compileWindowFunction.ts";
import type { WindowFunction } from "../windows/WindowFunction.ts";
import { gathering } from "./flows.ts";
import type { Flow, RunningStage, StageContext, StageTable } from "./Stage.ts";

/** Calculates over the neighbours of each document. */
export const SET_WINDOW_FIELDS: StageTable = { $setWindowFields: setWindowFields };

const FIELDS = new Set(["partitionBy", "sortBy", "output"]);

type WindowOutputs = readonly (readonly [string, WindowFunction])[];

function setWindowFields(argument: unknown, { environment }: StageContext): RunningStage {
  if (!isDocument(argument)) {
    throw new CommandError(
      "FailedToParse",
      `the $setWindowFields stage specification must be an object, found ${typeName(argument)}`,
    );
  }
  const unknown = Object.keys(argument).find((name) => !FIELDS.has(name));
  if (unknown !== undefined) {
    throw new CommandError("UnknownField", `BSON field '$setWindowFields.${unknown}' is an unknown field.`);
  }
  const { partitionBy, sortBy, output } = argument;
  if (!isDocument(output)) {
    throw new CommandError(
      "MissingField",
      "BSON field '$setWindowFields.output' is missing but a required field",
    );
  }
  if (sortBy !== undefined && !isDocument(sortBy)) {
    throw new CommandError(
      "TypeMismatch",
      `BSON field '$setWindowFields.sortBy' is the wrong type '${typeName(sortBy)}'`,
    );
  }
  const outputs = Object.entries(output).map(
    ([path, spec]) => [path, compileWindowFunction(path, spec, sortBy ?? null, environment)] as const,
  );
  const partition = partitionBy === undefined ? constant(null) : compileExpression(partitionBy, environment);
  return gathering((documents) => windowed(documents, partition, sortBy ?? null, outputs, environment));
}

function* windowed(
  documents: readonly BsonDocument[],
  partitionBy: Expression,
  sortBy: BsonDocument | null,
  outputs: WindowOutputs,
  environment: Environment,
): Flow {
  for (const partition of partitions(documents, partitionBy, environment)) {
    const sorted = sortBy === null ? partition : sortDocuments(partition, sortBy, environment.strings);
    const columns = outputs.map(([path, calculateAll]) => [path, calculateAll(sorted)] as const);
    for (const [index, document] of sorted.entries()) yield withValues(document, columns, index);
  }
}

/** The partitions in their order by the value that they have in common. */
function partitions(
  documents: readonly BsonDocument[],
  partitionBy: Expression,
  { strings }: Environment,
): Iterable<readonly BsonDocument[]> {
  const keyOf = keyMaker(strings);
  const found = new Map<string, { readonly id: unknown; readonly documents: BsonDocument[] }>();
  for (const root of documents) {
    const id = partitionBy.evaluate({ root, bound: null }) ?? null;
    if (Array.isArray(id)) {
      throw new CommandError(
        "TypeMismatch",
        "An expression used to partition cannot evaluate to value of type array",
      );
    }
    const key = keyOf(id);
    const partition = found.get(key) ?? { id, documents: [] };
    partition.documents.push(root);
    found.set(key, partition);
  }
  const wrapped = [...found.values()].map(({ id, documents: inner }) => ({ id, inner }));
  return sortDocuments(wrapped, { id: 1 }, strings).map(({ inner }) => inner as readonly BsonDocument[]);
}

function withValues(
  root: BsonDocument,
  columns: readonly (readonly [string, readonly unknown[]])[],
  index: number,
): BsonDocument {
  const tree: FieldTree = new Map();
  for (const [path, values] of columns) insertField(tree, checkPath(path), path, constant(values[index]));
  return calculate(root, tree, { root, bound: null });
}
