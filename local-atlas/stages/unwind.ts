import { Long } from "bson";
import { type BsonDocument, isDocument } from "../bson/BsonDocument.ts";
import { changeAt } from "../bson/changeAt.ts";
import { splitPath, valueAt } from "../bson/paths.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import { checkPath } from "../expressions/fieldPath.ts";
import { spreading } from "./flows.ts";
import type { StageTable } from "./Stage.ts";

/** Takes arrays apart. */
export const UNWIND: StageTable = {
  $unwind: (argument) => {
    const options = parseUnwind(argument);
    return spreading((document) => unwound(document, options));
  },
};

interface Unwind {
  readonly parts: readonly string[];
  readonly indexParts: readonly string[] | null;
  readonly keepsEmpty: boolean;
}

function unwound(document: BsonDocument, options: Unwind): readonly BsonDocument[] {
  const value = valueAt(document, options.parts);
  if (Array.isArray(value) && value.length > 0) {
    return value.map((item: unknown, index) => withElement(document, options, item, Long.fromNumber(index)));
  }
  const isEmpty = value === undefined || value === null || Array.isArray(value);
  if (isEmpty && !options.keepsEmpty) return [];
  return [withElement(document, options, Array.isArray(value) ? undefined : value, null)];
}

function withElement(
  document: BsonDocument,
  options: Unwind,
  item: unknown,
  index: Long | null,
): BsonDocument {
  const changed = changeAt(document, options.parts, false, () => item);
  const indexed =
    options.indexParts === null ? changed : changeAt(changed, options.indexParts, true, () => index);
  return isDocument(indexed) ? indexed : document;
}

function parseUnwind(argument: unknown): Unwind {
  if (typeof argument !== "string" && !isDocument(argument)) {
    throw new CommandError(
      15981,
      `expected either a string or an object as specification for $unwind stage, got ${typeName(argument)}`,
    );
  }
  const options = isDocument(argument) ? argument : { path: argument };
  const { path, includeArrayIndex, preserveNullAndEmptyArrays, ...others } = options;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new CommandError(28811, `unrecognized option to $unwind stage: ${unknown}`);
  if (preserveNullAndEmptyArrays !== undefined && typeof preserveNullAndEmptyArrays !== "boolean") {
    throw new CommandError(
      28809,
      "expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage",
    );
  }
  return {
    parts: checkUnwindPath(path),
    indexParts: includeArrayIndex === undefined ? null : checkIndexPath(includeArrayIndex),
    keepsEmpty: preserveNullAndEmptyArrays === true,
  };
}

function checkUnwindPath(path: unknown): readonly string[] {
  if (path === undefined) throw new CommandError(28812, "no path specified to $unwind stage");
  if (typeof path !== "string") {
    throw new CommandError(28808, `expected a string as the path for $unwind stage, got ${typeName(path)}`);
  }
  if (!path.startsWith("$")) {
    throw new CommandError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  }
  return checkPath(path.slice(1));
}

function checkIndexPath(path: unknown): readonly string[] {
  if (typeof path !== "string" || path === "") {
    throw new CommandError(
      28810,
      "expected a non-empty string for the includeArrayIndex  option to $unwind stage",
    );
  }
  if (path.startsWith("$")) {
    throw new CommandError(
      28822,
      `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${path}`,
    );
  }
  return splitPath(path);
}
