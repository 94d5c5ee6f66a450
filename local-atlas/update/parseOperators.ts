import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { isArrayIndex, splitPath } from "../bson/paths.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { ARRAY_OPERATORS } from "./arrayOperators.ts";
import { FIELD_OPERATORS } from "./fieldOperators.ts";
import type { UpdateOperator } from "./UpdateOperator.ts";

/** One operator on one path of an update. */
export interface Step {
  readonly path: string;
  readonly operator: UpdateOperator;
  readonly argument: unknown;
}

/** A field that gets another name. */
export interface Rename {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** An update by operators, checked and in the order in which it adds fields. */
export interface ParsedOperators {
  readonly steps: readonly Step[];
  readonly renames: readonly Rename[];
}

const OPERATORS: Readonly<Record<string, UpdateOperator>> = { ...FIELD_OPERATORS, ...ARRAY_OPERATORS };

/** Reads `{$set: …, $push: …}`; throws for an unknown operator and for two operators on one path. */
export function parseOperators(update: BsonDocument): ParsedOperators {
  const steps = Object.entries(update).flatMap(([name, fields]) => stepsOf(name, fields));
  const renames = renamesIn(update);
  const renamed = renames.flatMap(({ from, to }) => [from.join("."), to.join(".")]);
  checkConflicts([...steps.map((step) => step.path), ...renamed]);
  return {
    steps: steps.toSorted((left, right) => comparePaths(splitPath(left.path), splitPath(right.path))),
    renames,
  };
}

function stepsOf(name: string, fields: unknown): readonly Step[] {
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (operator === undefined && name !== "$rename") {
    throw new CommandError(
      "FailedToParse",
      `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  if (!isDocument(fields)) {
    throw new CommandError(
      "FailedToParse",
      `Modifiers operate on fields but we found type ${typeName(fields)} instead: ${name}`,
    );
  }
  if (operator === undefined) return [];
  return Object.entries(fields).map(([path, argument]) => ({ path: checkPath(path), operator, argument }));
}

function checkPath(path: string): string {
  if (path === "") throw new CommandError("EmptyFieldName", "An empty update path is not valid.");
  if (splitPath(path).includes("")) {
    throw new CommandError(
      "EmptyFieldName",
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  }
  if (!path.startsWith("$")) return path;
  throw new CommandError(
    "BadValue",
    "Cannot have array filter identifier (i.e. '$[<id>]') element in the first position in path",
  );
}

/** New fields are added in this order: names by their text, positions by their number. */
function comparePaths(left: readonly string[], right: readonly string[]): number {
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (part === other) continue;
    if (isArrayIndex(part) && isArrayIndex(other)) return Number(part) - Number(other);
    return part < other ? -1 : 1;
  }
  return left.length - right.length;
}

function checkConflicts(targets: readonly string[]): void {
  const paths = targets.toSorted();
  for (const [index, path] of paths.entries()) {
    const clash = paths.slice(index + 1).find((other) => other === path || other.startsWith(`${path}.`));
    if (clash === undefined) continue;
    throw new CommandError(
      "ConflictingUpdateOperators",
      `Updating the path '${clash}' would create a conflict at '${path}'`,
    );
  }
}

function renamesIn(update: BsonDocument): readonly Rename[] {
  const fields = update["$rename"];
  return Object.entries(isDocument(fields) ? fields : {}).map(([from, to]) => {
    if (typeof to !== "string") {
      throw new CommandError(
        "BadValue",
        `The 'to' field for $rename must be a string: ${from}: ${typeName(to)}`,
      );
    }
    checkPath(from);
    checkPath(to);
    const isInside = from === to || to.startsWith(`${from}.`) || from.startsWith(`${to}.`);
    if (isInside) {
      throw new CommandError(
        "BadValue",
        `The source and target field for $rename must differ and not contain each other: ${from}`,
      );
    }
    const dynamic = [from, to].find((path) => path.includes("$"));
    if (dynamic !== undefined)
      throw new CommandError("BadValue", `The field for $rename may not be dynamic: ${dynamic}`);
    return { from: splitPath(from), to: splitPath(to) };
  });
}
