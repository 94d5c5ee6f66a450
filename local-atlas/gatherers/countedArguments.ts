import { isDocument } from "../bson/BsonDocument.ts";
import { toInt64 } from "../bson/numbers.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";

/** The `n` and `input` of `$firstN` and its like. */
export interface Counted {
  readonly n: unknown;
  readonly input: unknown;
}

/** Reads `{n, input}`. */
export function parseCounted(argument: unknown, name: string): Counted {
  if (!isDocument(argument)) {
    throw new CommandError(5787900, `specification must be an object; found ${name}: ${typeName(argument)}`);
  }
  const { n, input, ...others } = argument;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new CommandError(5787901, `Unknown argument for 'n' operator: ${unknown}`);
  if (n === undefined) throw new CommandError(5787906, "Missing value for 'n'");
  if (input === undefined) throw new CommandError(5787907, "Missing value for 'input'");
  return { n, input };
}

/** The count that `n` is: a whole number above zero. */
export function countOf(value: unknown): number {
  const count = toInt64(value);
  if (count === null) {
    throw new CommandError(5787902, `Value for 'n' must be of integral type, but found ${typeName(value)}`);
  }
  if (count <= 0n) throw new CommandError(5787908, `'n' must be greater than 0, found ${count}`);
  return Number(count);
}
