import { z } from "zod";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { type BsonNumber, isNumeric, toNumber } from "../bson/numbers.ts";
import { CommandError, type ErrorName } from "../errors/CommandError.ts";
import { typeName } from "../bson/typeNames.ts";

/** What a value of the right type may still lack, by the message of its check, and the error that it is. */
const REFUSED_VALUES: Readonly<Record<string, ErrorName | number>> = {
  "a non-negative whole number": 51024,
  "0 or 1": "FailedToParse",
  "a known action": "BadValue",
  "a collection name": "InvalidNamespace",
  "a database name": "InvalidNamespace",
};

/** A document with its BSON types. */
export const document = z.custom<BsonDocument>(isDocument, "object");

/** A list of documents. */
export const documents = z.array(document);

/** A number of any BSON type, as JavaScript's. */
export const number = z.custom<BsonNumber>(isNumeric, "number").transform((value) => toNumber(value));

/** A whole number that is not negative. */
export const count = number.refine((value) => Number.isSafeInteger(value) && value >= 0, {
  error: "a non-negative whole number",
});

/** A boolean; the server takes numbers for one too. */
export const flag = z.union([z.boolean(), number.transform((value) => value !== 0)]);

/** A value of any type. */
export const anything = z.unknown();

/** The name of a collection, as the value of a command's own name. */
export const collectionName = z.string().refine(isCollectionName, { error: "a collection name" });

/** The name of a database. */
export const databaseName = z.string().refine(isDatabaseName, { error: "a database name" });

/**
 * Checks a command (or a part of one) and gives its fields; throws the server's error for what is wrong. A command is
 * called by its first field, a part by the `name` that is given.
 */
export function parseArguments<T>(
  schema: z.ZodType<T>,
  body: BsonDocument,
  name = Object.keys(body)[0] ?? "command",
): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw issue === undefined
    ? new CommandError("FailedToParse", "malformed command")
    : toError(issue, body, name);
}

function toError(issue: z.core.$ZodIssue, body: BsonDocument, name: string): CommandError {
  const path = [name, ...issue.path].join(".");
  if (issue.code === "unrecognized_keys") {
    return new CommandError("UnknownField", `BSON field '${path}.${issue.keys[0]}' is an unknown field.`);
  }
  const value = issue.path.reduce<unknown>((at, part) => childOf(at, part), body);
  if (value === undefined) {
    return new CommandError("MissingField", `BSON field '${path}' is missing but a required field`);
  }
  if (issue.message.startsWith("unsupported: ")) {
    return new CommandError("InvalidOptions", `BSON field '${path}' is ${issue.message}`);
  }
  if (issue.code === "invalid_value" && typeof value === "string") {
    return new CommandError(
      "BadValue",
      `Enumeration value '${value}' for field '${path}' is not a valid value.`,
    );
  }
  const refused = REFUSED_VALUES[issue.message];
  if (refused !== undefined)
    return new CommandError(refused, `BSON field '${path}' must be ${issue.message}`);
  return new CommandError(
    "TypeMismatch",
    `BSON field '${path}' is the wrong type '${typeName(value)}': ${issue.message}`,
  );
}

function childOf(value: unknown, part: PropertyKey): unknown {
  if (Array.isArray(value)) return value[Number(part)];
  return isDocument(value) ? value[String(part)] : undefined;
}

function isDatabaseName(name: string): boolean {
  return name !== "" && name.length < 64 && !/[/\\. "$\0]/.test(name);
}

function isCollectionName(name: string): boolean {
  return name !== "" && !name.startsWith(".") && !name.includes("$") && !name.includes("\0");
}
