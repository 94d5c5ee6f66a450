import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { isNumeric, toNumber } from "../bson/numbers.ts";
import { CommandError } from "../errors/CommandError.ts";

/** Makes another document of a document. */
export type Projector = (document: BsonDocument) => BsonDocument;

/** The fields of a projection as a tree; `true` for a whole field. */
type FieldTree = Map<string, true | FieldTree>;

/**
 * Compiles a projection that only includes or only excludes fields, so that values keep their types and places.
 * `null` when it calculates something.
 */
export function compileSimpleProjection(projection: BsonDocument): Projector | null {
  const flags = new Map<string, boolean>();
  if (!collectFlags(projection, "", flags)) return null;
  const idFlag = flags.get("_id");
  const others = [...flags].filter(([path]) => path !== "_id");
  const included = others.some(([, flag]) => flag);
  if (included && others.some(([, flag]) => !flag)) {
    throw new CommandError("BadValue", "Cannot do exclusion and inclusion in one projection");
  }
  const includes = others.length === 0 ? idFlag === true : included;
  const paths = others.map(([path]) => path);
  if (includes) {
    const tree = toTree(idFlag === false ? paths : ["_id", ...paths]);
    return (document) => include(document, tree);
  }
  const tree = toTree(idFlag === false ? ["_id", ...paths] : paths);
  return (document) => exclude(document, tree);
}

/** Gives fields the order that the server gives them: `_id`, what was there, then what was calculated. */
export function inOrderOf(
  result: BsonDocument,
  source: BsonDocument,
  projection: BsonDocument,
): BsonDocument {
  const names = ["_id", ...Object.keys(source), ...Object.keys(projection), ...Object.keys(result)];
  const present = names.filter((name) => Object.hasOwn(result, name));
  return Object.fromEntries(present.map((name) => [name, result[name]]));
}

/** The flag of `1`, `true`, `0` or `false`; `null` for anything else. */
function flagOf(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  return isNumeric(value) ? toNumber(value) !== 0 : null;
}

function collectFlags(projection: BsonDocument, prefix: string, flags: Map<string, boolean>): boolean {
  return Object.entries(projection).every(([name, value]) => {
    const path = prefix + name;
    const flag = flagOf(value);
    if (flag !== null && !path.includes("$")) return flags.set(path, flag);
    const nested = isDocument(value) && Object.keys(value).length > 0 && !path.includes("$");
    return (
      nested &&
      !Object.keys(value).some((key) => key.startsWith("$")) &&
      collectFlags(value, `${path}.`, flags)
    );
  });
}

function toTree(paths: readonly string[]): FieldTree {
  const root: FieldTree = new Map();
  for (const path of paths) addPath(root, path, path.split("."));
  return root;
}

function addPath(tree: FieldTree, path: string, parts: readonly string[]): void {
  const [part = "", ...rest] = parts;
  const known = tree.get(part);
  if (known === true || (known !== undefined && rest.length === 0)) {
    throw new CommandError("BadValue", `Path collision at ${path}`);
  }
  if (rest.length === 0) {
    tree.set(part, true);
    return;
  }
  const branch: FieldTree = known ?? new Map();
  tree.set(part, branch);
  addPath(branch, path, rest);
}

function include(document: BsonDocument, tree: FieldTree): BsonDocument {
  const result: BsonDocument = {};
  for (const [name, value] of Object.entries(document)) {
    const branch = tree.get(name);
    if (branch === undefined) continue;
    const kept = branch === true ? value : includeIn(value, branch);
    if (kept !== undefined) result[name] = kept;
  }
  return result;
}

/** Looks through arrays; what is no document has none of the fields. */
function includeIn(value: unknown, tree: FieldTree): unknown {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown) => {
      const kept = includeIn(item, tree);
      return kept === undefined ? [] : [kept];
    });
  }
  return isDocument(value) ? include(value, tree) : undefined;
}

function exclude(document: BsonDocument, tree: FieldTree): BsonDocument {
  const result: BsonDocument = {};
  for (const [name, value] of Object.entries(document)) {
    const branch = tree.get(name);
    if (branch === true) continue;
    result[name] = branch === undefined ? value : excludeIn(value, branch);
  }
  return result;
}

function excludeIn(value: unknown, tree: FieldTree): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => excludeIn(item, tree));
  return isDocument(value) ? exclude(value, tree) : value;
}
