import { isDocument } from "../bson/BsonDocument.ts";
import { withField } from "../bson/orderedDocument.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { type Expression, NO_DOCUMENT } from "./Expression.ts";
import { fieldsOf } from "./namedArguments.ts";
import type { CompileContext, OperatorTable } from "./Operator.ts";
import { isNullish } from "../bson/values.ts";

/** One field of a document by a name that no path can have: with dots or `$`. */
export const FIELDS: OperatorTable = { $getField: getField, $setField: setField, $unsetField: unsetField };

const GET = {
  notAnObject: 3041701,
  unknown: 3041701,
  required: { field: 3041702, input: 3041703 },
  optional: [],
} as const;
const SET = {
  notAnObject: 4161100,
  unknown: 4161101,
  required: { field: 4161102, value: 4161103, input: 4161109 },
  optional: [],
} as const;
const UNSET = {
  notAnObject: 4161100,
  unknown: 4161101,
  required: { field: 4161102, input: 4161109 },
  optional: [],
} as const;

function getField(argument: unknown, context: CompileContext, name: string): Expression {
  const isNamed = isDocument(argument) && !Object.keys(argument)[0]?.startsWith("$");
  const { field, input } = isNamed ? fieldsOf(argument, name, GET) : { field: argument, input: "$$CURRENT" };
  const key = constantName(field, context, { path: 5654600, other: 5654601, type: 5654602 });
  const from = context.compile(input, context);
  return {
    isConstant: from.isConstant,
    evaluate: (scope) => {
      const value = from.evaluate(scope);
      if (value === null) return null;
      return isDocument(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    },
  };
}

function setField(argument: unknown, context: CompileContext, name: string): Expression {
  const { field, input, value } = fieldsOf(argument, name, SET);
  return changed(field, input, context.compile(value, context), context);
}

function unsetField(argument: unknown, context: CompileContext, name: string): Expression {
  const { field, input } = fieldsOf(argument, name, UNSET);
  return changed(field, input, context.compile("$$REMOVE", context), context);
}

function changed(field: unknown, input: unknown, value: Expression, context: CompileContext): Expression {
  const key = constantName(field, context, { path: 4161108, other: 4161106, type: 4161107 });
  const from = context.compile(input, context);
  return {
    isConstant: from.isConstant && value.isConstant,
    evaluate: (scope) => {
      const document = from.evaluate(scope);
      if (isNullish(document)) return null;
      if (isDocument(document)) return withField(document, key, value.evaluate(scope));
      throw new CommandError(
        4161105,
        `$setField requires 'input' to evaluate to type Object, not ${typeName(document)}`,
      );
    },
  };
}

interface NameCodes {
  readonly path: number;
  readonly other: number;
  readonly type: number;
}

function constantName(field: unknown, context: CompileContext, codes: NameCodes): string {
  const compiled = context.compile(field, context);
  if (compiled.path !== undefined) {
    throw new CommandError(
      codes.path,
      `'${compiled.path}' is a field path reference which is not allowed in this context.`,
    );
  }
  if (!compiled.isConstant) throw new CommandError(codes.other, "'field' must evaluate to a constant");
  const name = compiled.evaluate(NO_DOCUMENT);
  if (typeof name === "string") return name;
  throw new CommandError(codes.type, `'field' must evaluate to type String, but got ${typeName(name)}`);
}
