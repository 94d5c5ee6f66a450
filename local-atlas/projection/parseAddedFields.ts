import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { compileExpression } from "../expressions/compileExpression.ts";
import type { Environment } from "../expressions/Environment.ts";
import { checkPath } from "../expressions/fieldPath.ts";
import { type FieldNode, type FieldTree, insertField } from "./parseProjection.ts";

/** The fields of `$addFields`: all of them are calculated, and `{a: {b: 1}}` sets `a.b` and leaves the rest of `a`. */
export function parseAddedFields(fields: BsonDocument, environment: Environment): FieldTree {
  const tree: FieldTree = new Map();
  for (const [path, value] of Object.entries(fields)) {
    insertField(tree, checkPath(path), path, toNode(value, environment));
  }
  return tree;
}

function toNode(value: unknown, environment: Environment): FieldNode {
  const names = isDocument(value) ? Object.keys(value) : [];
  if (!isDocument(value) || names.length === 0 || names[0]?.startsWith("$")) {
    return compileExpression(value, environment);
  }
  return parseAddedFields(value, environment);
}
