import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { changeAt } from "../bson/changeAt.ts";
import { documentOf } from "../bson/orderedDocument.ts";
import { MISSING, valueAt } from "../bson/paths.ts";
import { CommandError } from "../errors/CommandError.ts";
import { expandPath, type PathContext } from "./expandPath.ts";
import type { ParsedOperators, Rename, Step } from "./parseOperators.ts";
import type { OperatorContext } from "./UpdateOperator.ts";

/** A document after an update, and what to say about it. */
export interface Updated {
  readonly document: BsonDocument;
  /** `{updatedFields, removedFields, truncatedArrays}` of the change event. */
  readonly description: BsonDocument;
}

/**
 * Applies operators to a document, which stays as it is; the result shares what was not touched. Throws the server's
 * error for a wrong type.
 */
export function applyOperators(
  document: BsonDocument,
  { steps, renames }: ParsedOperators,
  paths: PathContext,
  context: OperatorContext,
): Updated {
  const touched = new Map<string, readonly string[]>();
  let current = document;
  for (const rename of renames) current = applyRename(current, rename, context, touched);
  for (const step of steps) {
    if (step.operator.skip?.(context) === true) continue;
    for (const parts of expandPath(current, step.path, paths)) {
      current = applyStep(current, step, parts, context, touched);
    }
  }
  return { document: current, description: describe(current, touched.values()) };
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

function applyRename(
  document: BsonDocument,
  { from, to }: Rename,
  context: OperatorContext,
  touched: Map<string, readonly string[]>,
): BsonDocument {
  const value = valueAt(document, from);
  if (value === MISSING) return document;
  checkNoArray(document, from, "source");
  checkNoArray(document, to, "destination");
  const remove: Step = { path: "", operator: { creates: false, apply: () => MISSING }, argument: null };
  const set: Step = { path: "", operator: { creates: true, apply: () => value }, argument: null };
  const removed = applyStep(document, remove, from, context, touched);
  return applyStep(removed, set, to, context, touched);
}

function checkNoArray(document: BsonDocument, parts: readonly string[], what: string): void {
  const isInside = parts.some(
    (_part, index) => index > 0 && Array.isArray(valueAt(document, parts.slice(0, index))),
  );
  if (isInside) {
    throw new CommandError("BadValue", `The ${what} field cannot be an array element, '${parts.join(".")}'`);
  }
}

function describe(document: BsonDocument, touched: Iterable<readonly string[]>): BsonDocument {
  const fields = [...touched].map((parts) => [parts.join("."), valueAt(document, parts)] as const);
  const removedFields = fields.filter(([, value]) => value === MISSING).map(([path]) => path);
  return { updatedFields: documentOf(fields), removedFields, truncatedArrays: [] };
}
