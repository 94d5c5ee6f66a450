import { isDocument } from "./BsonDocument.ts";
import { withField } from "./orderedDocument.ts";
import { isArrayIndex, MISSING } from "./paths.ts";
import { CommandError } from "../errors/CommandError.ts";
import { typeName } from "./typeNames.ts";

/** Gives a value in place of another; `MISSING` for none. */
export type Change = (current: unknown) => unknown;

/** How far an index may lie beyond an array's end. */
const MAX_PADDING = 1_500_000;

/**
 * Changes what is at a concrete path and shares all else with the old tree, so that what was not touched can be told
 * by identity. `creates`: make what is missing on the way; throws `PathNotViable` where that is impossible.
 */
export function changeAt(
  value: unknown,
  parts: readonly string[],
  creates: boolean,
  change: Change,
): unknown {
  const [part, ...rest] = parts;
  if (part === undefined) return change(value);
  if (isDocument(value)) {
    const current = Object.hasOwn(value, part) ? value[part] : MISSING;
    const next = changeAt(current, rest, creates, change);
    return next === current ? value : withField(value, part, next);
  }
  if (Array.isArray(value)) return changeElement(value, part, rest, creates, change);
  if (!creates) return value;
  if (value !== MISSING) throw notViable(part, value);
  const next = changeAt(MISSING, rest, creates, change);
  return next === MISSING ? MISSING : { [part]: next };
}

function changeElement(
  items: readonly unknown[],
  part: string,
  rest: readonly string[],
  creates: boolean,
  change: Change,
): readonly unknown[] {
  if (!isArrayIndex(part)) {
    if (!creates) return items;
    throw notViable(part, items);
  }
  const index = Number(part);
  if (index >= items.length && !creates) return items;
  if (index - items.length > MAX_PADDING)
    throw new CommandError("BadValue", `the array index ${part} is too far out`);
  const current = items[index];
  const next = changeAt(current, rest, creates, change);
  if (next === current) return items;
  const padding = Array.from({ length: Math.max(0, index - items.length) }, () => null);
  return [...items, ...padding].toSpliced(index, 1, next === MISSING ? null : next);
}

function notViable(part: string, value: unknown): CommandError {
  return new CommandError(
    "PathNotViable",
    `Cannot create field '${part}' in element of type ${typeName(value)}`,
  );
}
