import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { isNumeric, toNumber } from "../bson/numbers.ts";
import { CommandError } from "../errors/CommandError.ts";
import { compileExpression, isExpressionName } from "../expressions/compileExpression.ts";
import type { Environment } from "../expressions/Environment.ts";
import type { Expression } from "../expressions/Expression.ts";
import { checkPath } from "../expressions/fieldPath.ts";

/** What a projection does with a field: keep it, leave it out, calculate it, or look inside. */
export type FieldNode = true | false | Expression | FieldTree;

/** The fields of a projection by their names, in the order of the projection. */
export type FieldTree = Map<string, FieldNode>;

/** A projection: fields that are kept, or fields that are left out. */
export interface ParsedProjection {
  readonly mode: "include" | "exclude";
  readonly tree: FieldTree;
}

/** True for a node with fields of its own. */
export function isTree(node: FieldNode | undefined): node is FieldTree {
  return node instanceof Map;
}

/** True for a node that is calculated. */
export function isExpression(node: FieldNode | undefined): node is Expression {
  return typeof node === "object" && !(node instanceof Map);
}

/** Reads a projection; throws the server's error where it both includes and excludes, or where paths collide. */
export function parseProjection(projection: BsonDocument, environment: Environment): ParsedProjection {
  const tree: FieldTree = new Map();
  addFields(tree, projection, environment);
  const { _id: id, ...rest } = Object.fromEntries(tree);
  const mode = modeOf(Object.values(rest), id);
  checkMode(rest, mode, "");
  if (mode === "include" && id === undefined) tree.set("_id", true);
  return { mode, tree };
}

function addFields(tree: FieldTree, fields: BsonDocument, environment: Environment): void {
  for (const [path, value] of Object.entries(fields)) {
    insertField(tree, checkPath(path), path, toNode(value, path, environment));
  }
}

function toNode(value: unknown, path: string, environment: Environment): FieldNode {
  if (typeof value === "boolean") return value;
  if (isNumeric(value)) return toNumber(value) !== 0;
  const [first] = isDocument(value) ? Object.keys(value) : [];
  if (first?.startsWith("$") === true && !isExpressionName(first))
    throw new CommandError(31325, `Unknown expression ${first}`);
  if (!isDocument(value) || first?.startsWith("$")) return compileExpression(value, environment);
  if (Object.keys(value).length === 0) {
    throw new CommandError(
      51270,
      `An empty sub-projection is not a valid value. Found empty object at path ${path}`,
    );
  }
  const tree: FieldTree = new Map();
  addFields(tree, value, environment);
  return tree;
}

/** Puts a field into a tree; throws where two of them collide. */
export function insertField(tree: FieldTree, parts: readonly string[], path: string, node: FieldNode): void {
  const [part = "", ...rest] = parts;
  const known = tree.get(part);
  if (rest.length === 0 && known === undefined) {
    tree.set(part, node);
    return;
  }
  if (rest.length === 0 && isTree(known) && isTree(node)) {
    for (const [name, inner] of node) insertField(known, [name], `${path}.${name}`, inner);
    return;
  }
  if (rest.length === 0 || (known !== undefined && !isTree(known))) {
    throw new CommandError(rest.length === 0 ? 31250 : 31249, `Path collision at ${path}`);
  }
  const branch: FieldTree = known ?? new Map();
  tree.set(part, branch);
  insertField(branch, rest, path, node);
}

/** The first flag that is no `_id` decides; where there is none, a calculation means inclusion, and else `_id` does. */
function modeOf(nodes: readonly FieldNode[], id: FieldNode | undefined): "include" | "exclude" {
  const flags = nodes.flatMap(flagsIn);
  const [first] = flags;
  if (first !== undefined) return first ? "include" : "exclude";
  if (nodes.length > 0) return "include";
  return id === false ? "exclude" : "include";
}

function flagsIn(node: FieldNode): readonly boolean[] {
  if (typeof node === "boolean") return [node];
  return isTree(node) ? [...node.values()].flatMap(flagsIn) : [];
}

function checkMode(
  nodes: Readonly<Record<string, FieldNode>>,
  mode: "include" | "exclude",
  prefix: string,
): void {
  for (const [name, node] of Object.entries(nodes)) {
    const path = prefix + name;
    if (isTree(node)) checkMode(Object.fromEntries(node), mode, `${path}.`);
    else if (mode === "exclude" && node === true) {
      throw new CommandError(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
    } else if (mode === "include" && node === false) {
      throw new CommandError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
    } else if (mode === "exclude" && isExpression(node)) {
      throw new CommandError(31252, `Cannot use an expression ${path} in an exclusion projection`);
    }
  }
}
