import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { documentOf, withField } from "../bson/orderedDocument.ts";
import type { Scope } from "../expressions/Expression.ts";
import {
  type FieldNode,
  type FieldTree,
  isExpression,
  isTree,
  type ParsedProjection,
} from "./parseProjection.ts";

/** Makes another document of a document. */
export type Projector = (document: BsonDocument) => BsonDocument;

/** What a projection makes of a document: what is kept stays in its place, what is calculated comes behind. */
export function projector({ mode, tree }: ParsedProjection): Projector {
  if (mode === "exclude") return (document) => exclude(document, tree);
  if (!hasExpressions(tree)) return (document) => include(document, tree);
  return (root) => calculate(include(root, tree), tree, { root, bound: null });
}

/** True where something is calculated. */
function hasExpressions(tree: FieldTree): boolean {
  return [...tree.values()].some((node) => isExpression(node) || (isTree(node) && hasExpressions(node)));
}

function include(document: BsonDocument, tree: FieldTree): BsonDocument {
  return documentOf(
    Object.entries(document).map(([name, value]) => [name, includeField(value, tree.get(name))]),
  );
}

function includeField(value: unknown, node: FieldNode | undefined): unknown {
  if (node === true) return value;
  return isTree(node) ? includeIn(value, node) : undefined;
}

/** Looks through arrays; what is no document has none of the fields. */
function includeIn(value: unknown, tree: FieldTree): unknown {
  if (Array.isArray(value)) {
    return value.map((item: unknown) => includeIn(item, tree)).filter((item) => item !== undefined);
  }
  return isDocument(value) ? include(value, tree) : undefined;
}

function exclude(document: BsonDocument, tree: FieldTree): BsonDocument {
  return documentOf(
    Object.entries(document).map(([name, value]) => [name, excludeField(value, tree.get(name))]),
  );
}

function excludeField(value: unknown, node: FieldNode | undefined): unknown {
  if (node === false) return undefined;
  return isTree(node) ? excludeIn(value, node) : value;
}

function excludeIn(value: unknown, tree: FieldTree): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => excludeIn(item, tree));
  return isDocument(value) ? exclude(value, tree) : value;
}

/** Sets what the tree calculates; a value that is missing removes its field. */
export function calculate(document: BsonDocument, tree: FieldTree, scope: Scope): BsonDocument {
  let result = document;
  for (const [name, node] of tree) {
    if (isExpression(node)) result = withField(result, name, node.evaluate(scope));
    else if (isTree(node) && hasExpressions(node)) {
      const current = Object.hasOwn(result, name) ? result[name] : undefined;
      result = withField(result, name, calculateIn(current, node, scope));
    }
  }
  return result;
}

/** In every element of an array; what is no document becomes one. */
function calculateIn(value: unknown, tree: FieldTree, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => calculateIn(item, tree, scope));
  return calculate(isDocument(value) ? value : {}, tree, scope);
}
