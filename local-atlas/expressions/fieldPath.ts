import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { constant, type Expression, type Scope } from "./Expression.ts";
import type { CompileContext } from "./Operator.ts";

/** The values of the system's variables that do not depend on a document. */
function systemVariables({ environment }: CompileContext): Readonly<Record<string, unknown>> {
  return { NOW: environment.now, CLUSTER_TIME: environment.clusterTime, REMOVE: undefined };
}

const KNOWN_UNSUPPORTED = new Set(["JS_SCOPE", "IS_MR", "SEARCH_META", "USER_ROLES"]);

/** Compiles `$a.b`, `$$name` or `$$name.a.b`. */
export function compileFieldPath(text: string, context: CompileContext): Expression {
  if (text.length < 2) throw new CommandError(16872, "'$' by itself is not a valid FieldPath");
  if (!text.startsWith("$$")) return atPath("CURRENT", checkPath(text.slice(1)), text, context);
  const [name = "", ...parts] = text.slice(2).split(".");
  checkVariableName(name);
  return atPath(name, parts.length === 0 ? [] : checkPath(parts.join(".")), text, context);
}

/** The parts of a path; throws for one that names no field. */
export function checkPath(path: string): readonly string[] {
  if (path === "") throw new CommandError(40352, "FieldPath cannot be constructed with empty string");
  if (path.endsWith(".")) throw new CommandError(40353, "FieldPath must not end with a '.'.");
  const parts = path.split(".");
  for (const part of parts) checkFieldName(part);
  return parts;
}

/** Throws for a name that a field of an object expression or a path cannot have. */
export function checkFieldName(name: string): void {
  if (name === "") throw new CommandError(15998, "FieldPath field names may not be empty strings.");
  if (name.startsWith("$")) {
    throw new CommandError(
      16410,
      `FieldPath field names may not start with '$'. Consider using $getField: ${name}`,
    );
  }
  if (name.includes("\0")) throw new CommandError(16411, "FieldPath field names may not contain '\0'.");
  if (name.includes(".")) throw new CommandError(16412, `FieldPath field names may not contain '.': ${name}`);
}

/** Throws for a name that a user may not give a variable. */
export function checkNewVariable(name: string): void {
  if (name === "CURRENT") return;
  if (name === "") throw new CommandError(16866, "empty variable names are not allowed");
  if (!/^[a-z\u0080-\uffff]/.test(name)) {
    throw new CommandError(
      "FailedToParse",
      `'${name}' starts with an invalid character for a user variable name`,
    );
  }
  checkCharacters(name);
}

function checkVariableName(name: string): void {
  if (name === "") throw new CommandError("FailedToParse", "empty variable names are not allowed");
  if (!/^[A-Za-z\u0080-\uffff]/.test(name)) {
    throw new CommandError("FailedToParse", `'${name}' starts with an invalid character for a variable name`);
  }
  checkCharacters(name);
}

function checkCharacters(name: string): void {
  if (/^[\w\u0080-\uffff]*$/.test(name)) return;
  throw new CommandError("FailedToParse", `'${name}' contains an invalid character for a variable name`);
}

function atPath(name: string, parts: readonly string[], text: string, context: CompileContext): Expression {
  const start = variable(name, context);
  if (start.isConstant) return parts.length === 0 ? start : constant(walk(start.evaluate(EMPTY), parts, 0));
  if (parts.length === 0) return { ...start, path: text };
  const [only = ""] = parts;
  if (parts.length === 1 && start.path === ROOT_PATH) {
    return {
      evaluate: ({ root }) => (Object.hasOwn(root, only) ? root[only] : undefined),
      isConstant: false,
      path: text,
    };
  }
  return { evaluate: (scope) => walk(start.evaluate(scope), parts, 0), isConstant: false, path: text };
}

const EMPTY: Scope = { root: {}, bound: null };
const ROOT_PATH = "$$ROOT";

function variable(name: string, context: CompileContext): Expression {
  if (context.bound.has(name)) return { evaluate: ({ bound }) => valueOf(bound, name), isConstant: false };
  if (name === "ROOT" || name === "CURRENT") {
    return { evaluate: ({ root }) => root, isConstant: false, path: ROOT_PATH };
  }
  if (context.environment.variables.has(name)) return constant(context.environment.variables.get(name));
  const system = systemVariables(context);
  if (Object.hasOwn(system, name)) return constant(system[name]);
  if (KNOWN_UNSUPPORTED.has(name)) throw new CommandError("NotImplemented", `$$${name} is not supported`);
  throw new CommandError(17276, `Use of undefined variable: ${name}`);
}

function valueOf(binding: Scope["bound"], name: string): unknown {
  for (let at = binding; at !== null; at = at.outer) if (at.name === name) return at.value;
  return undefined;
}

/** Documents are walked into, and so are those in arrays; a number in a path is a name, not a position. */
function walk(value: unknown, parts: readonly string[], depth: number): unknown {
  const part = parts[depth];
  if (part === undefined) return value;
  if (Array.isArray(value)) return walkArray(value, parts, depth);
  if (!isDocument(value) || !Object.hasOwn(value, part)) return undefined;
  return walk(value[part], parts, depth + 1);
}

function walkArray(items: readonly unknown[], parts: readonly string[], depth: number): readonly unknown[] {
  return items
    .filter((item): item is BsonDocument => isDocument(item))
    .map((item) => walk(item, parts, depth))
    .filter((found) => found !== undefined);
}
