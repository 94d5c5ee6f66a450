import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { isArrayIndex, MISSING, splitPath, valueAt } from "../bson/paths.ts";
import { CommandError } from "../errors/CommandError.ts";
import { ARRAY_OPERATORS } from "./arrayOperators.ts";
import { changeAt } from "./changeAt.ts";
import { expandPath, namesInPath, type PathContext } from "./expandPath.ts";
import { FIELD_OPERATORS } from "./fieldOperators.ts";
import type { OperatorContext, UpdateOperator } from "./UpdateOperator.ts";

/** A document after an update, and what to say about it. */
export interface Updated {
  readonly document: BsonDocument;
  /** `{updatedFields, removedFields, truncatedArrays}` of the change event. */
  readonly description: BsonDocument;
}

interface Step {
  readonly path: string;
  readonly operator: UpdateOperator;
  readonly argument: unknown;
}

const OPERATORS: Readonly<Record<string, UpdateOperator>> = { ...FIELD_OPERATORS, ...ARRAY_OPERATORS };

/**
 * Applies `{$set: …, $push: …}` to a document, which stays as it is; the result shares what was not touched. Throws
 * the server's error for an unknown operator, two operators on one path, a wrong type, or a change of `_id`.
 */
export function applyOperators(
  document: BsonDocument,
  update: BsonDocument,
  paths: PathContext,
  context: OperatorContext,
): Updated {
  const steps = toSteps(update);
  checkConflicts(Object.values(update).filter(isDocument));
  checkArrayFilters(steps, paths);
  const touched = new Map<string, readonly string[]>();
  let current = document;
  for (const rename of renames(update)) {
    current = applyRename(current, rename, touched);
  }
  for (const step of steps) {
    if (step.operator.skip?.(context) === true) continue;
    for (const parts of expandPath(current, step.path, paths)) {
      current = applyStep(current, step, parts, context, touched);
    }
  }
  return { document: current, description: describe(current, touched.values()) };
}

function toSteps(update: BsonDocument): readonly Step[] {
  const steps = Object.entries(update).flatMap(([name, fields]) => stepsOf(name, fields));
  return steps.toSorted((left, right) => comparePaths(splitPath(left.path), splitPath(right.path)));
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
      `Modifiers operate on fields but we found another type for ${name}`,
    );
  }
  if (operator === undefined) return [];
  return Object.entries(fields).map(([path, argument]) => ({ path, operator, argument }));
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

function checkConflicts(operations: readonly BsonDocument[]): void {
  const targets = operations.flatMap((fields) => Object.keys(fields));
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

function checkArrayFilters(steps: readonly Step[], paths: PathContext): void {
  const used = new Set(steps.flatMap((step) => namesInPath(step.path)));
  for (const name of paths.arrayFilters.keys()) {
    if (used.has(name)) continue;
    throw new CommandError(
      "FailedToParse",
      `The array filter for identifier '${name}' was not used in the update`,
    );
  }
}

function applyStep(
  document: BsonDocument,
  step: Step,
  parts: readonly string[],
  context: OperatorContext,
  touched: Map<string, readonly string[]>,
): BsonDocument {
  const before = valueAt(document, parts);
  const next = changeAt(document, parts, step.operator.creates, (current) =>
    step.operator.apply(current, step.argument, context),
  );
  if (next === document || !isDocument(next)) return document;
  for (const path of touchedPaths(document, parts, before, valueAt(next, parts))) {
    touched.set(path.join("."), path);
  }
  return next;
}

/** A change is told where it begins: at the first field that was made, or at each element that was appended. */
function touchedPaths(
  document: BsonDocument,
  parts: readonly string[],
  before: unknown,
  after: unknown,
): readonly (readonly string[])[] {
  if (Array.isArray(before) && Array.isArray(after) && before.length > 0 && after.length > before.length) {
    const appended = before.every((item, index) => item === after[index]);
    const indexes = after.slice(before.length).map((_item, index) => String(before.length + index));
    if (appended) return indexes.map((index) => [...parts, index]);
  }
  const depth = parts.findIndex((_part, index) => valueAt(document, parts.slice(0, index + 1)) === MISSING);
  return [depth === -1 ? parts : parts.slice(0, depth + 1)];
}

function renames(update: BsonDocument): readonly (readonly [string, string])[] {
  const fields = update["$rename"];
  return Object.entries(isDocument(fields) ? fields : {}).map(([from, to]) => {
    if (typeof to !== "string" || to === "" || from === to || from.includes("$") || to.includes("$")) {
      throw new CommandError("BadValue", `The 'to' field of $rename must be another path: ${from}`);
    }
    return [from, to];
  });
}

function applyRename(
  document: BsonDocument,
  [from, to]: readonly [string, string],
  touched: Map<string, readonly string[]>,
): BsonDocument {
  const value = valueAt(document, splitPath(from));
  if (value === MISSING) return document;
  const remove: Step = { path: from, operator: { creates: false, apply: () => MISSING }, argument: null };
  const set: Step = { path: to, operator: { creates: true, apply: () => value }, argument: null };
  const context = { isInsert: false, now: 0 };
  const removed = applyStep(document, remove, splitPath(from), context, touched);
  return applyStep(removed, set, splitPath(to), context, touched);
}

function describe(document: BsonDocument, touched: Iterable<readonly string[]>): BsonDocument {
  const updatedFields: BsonDocument = {};
  const removedFields: string[] = [];
  for (const parts of touched) {
    const value = valueAt(document, parts);
    if (value === MISSING) removedFields.push(parts.join("."));
    else updatedFields[parts.join(".")] = value;
  }
  return { updatedFields, removedFields, truncatedArrays: [] };
}
