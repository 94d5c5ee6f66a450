import { compareStrings, type StringOrder } from "../bson/compareStrings.ts";
import { isDocument } from "../bson/BsonDocument.ts";
import { equalValues } from "../bson/compareValues.ts";
import { encodeKey } from "../bson/encodeKey.ts";
import { documentOf } from "../bson/orderedDocument.ts";
import { typeName } from "../bson/typeNames.ts";
import { isNullish } from "../bson/values.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { Gatherer } from "./Gatherer.ts";

/** All values in their order; a missing one leaves nothing. */
export function collect(): Gatherer {
  const values: unknown[] = [];
  return {
    add: (value) => {
      if (value !== undefined) values.push(value);
    },
    result: () => [...values],
  };
}

/** Each value once. */
export function collectOnce(strings: StringOrder): Gatherer {
  const values: unknown[] = [];
  const keys = new Set<string>();
  return {
    add: (value) => {
      if (value === undefined) return;
      const key = encodeKey(value).toString("latin1");
      const isKnown =
        keys.has(key) ||
        (strings !== compareStrings && values.some((item) => equalValues(item, value, strings)));
      keys.add(key);
      if (!isKnown) values.push(value);
    },
    result: () => [...values],
  };
}

/** One document of all: later fields win. */
export function merge(): Gatherer {
  const documents: unknown[] = [];
  return {
    add: (value) => {
      mergeObjects([value]);
      documents.push(value);
    },
    result: () => mergeObjects(documents),
  };
}

/** One document of many: later fields win, and what is null is passed over. */
export function mergeObjects(values: readonly unknown[]): unknown {
  return documentOf(
    values.flatMap((value) => {
      if (isNullish(value)) return [];
      if (isDocument(value)) return Object.entries(value);
      throw new CommandError(
        40400,
        `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`,
      );
    }),
  );
}
