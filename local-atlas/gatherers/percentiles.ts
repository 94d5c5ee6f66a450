import { Double } from "bson";
import { isDocument } from "../bson/BsonDocument.ts";
import { isNumeric, toNumber } from "../bson/numbers.ts";
import { typeName } from "../bson/typeNames.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { Gatherer } from "./Gatherer.ts";

/** What `$percentile` and `$median` ask for. */
export interface PercentileRequest {
  readonly input: unknown;
  readonly places: readonly number[];
  readonly isMedian: boolean;
}

/** Gives the value of an expression that reads no document; `undefined` for one that does. */
type ConstantOf = (expression: unknown) => unknown;

/** Reads `{input, p, method}`; `$median` has no `p`. */
export function parsePercentile(argument: unknown, name: string, constantOf: ConstantOf): PercentileRequest {
  const isMedian = name === "$median";
  if (!isDocument(argument)) {
    throw new CommandError(
      isMedian ? 7436100 : 7429703,
      `specification must be an object; found ${name}: ${typeName(argument)}`,
    );
  }
  const fields = isMedian ? ["input", "method"] : ["input", "p", "method"];
  const unknown = Object.keys(argument).find((field) => !fields.includes(field));
  if (unknown !== undefined)
    throw new CommandError("UnknownField", `BSON field '${name}.${unknown}' is an unknown field.`);
  const missing = fields.find((field) => !Object.hasOwn(argument, field));
  if (missing !== undefined) {
    throw new CommandError("MissingField", `BSON field '${name}.${missing}' is missing but a required field`);
  }
  if (argument["method"] !== "approximate") {
    throw new CommandError("BadValue", "Currently only 'approximate' can be used as percentile 'method'.");
  }
  const places = isMedian ? [0.5] : placesOf(constantOf(argument["p"]));
  return { input: argument["input"], places, isMedian };
}

function placesOf(values: unknown): readonly number[] {
  if (!Array.isArray(values))
    throw new CommandError(7750300, "The $percentile 'p' field must be an array of constant values");
  if (values.length === 0)
    throw new CommandError(7750301, "The $percentile 'p' field cannot be an empty array");
  return values.map((value: unknown) => {
    if (!isNumeric(value))
      throw new CommandError(
        7750302,
        `The $percentile 'p' field must be an array of numbers, found ${typeName(value)}`,
      );
    const place = toNumber(value);
    if (place >= 0 && place <= 1) return place;
    throw new CommandError(
      7750303,
      `The $percentile 'p' field must be an array of numbers from [0.0, 1.0], found ${place}`,
    );
  });
}

/** The values at some places of all numbers in their order: always one that is there. */
export function percentiles({ places, isMedian }: PercentileRequest): Gatherer {
  const numbers: number[] = [];
  return {
    add: (value) => {
      if (isNumeric(value) && !Number.isNaN(toNumber(value))) numbers.push(toNumber(value));
    },
    result: () => {
      const sorted = Float64Array.from(numbers).toSorted();
      const found = places.map((place) => {
        const value = sorted[Math.max(0, Math.ceil(place * sorted.length) - 1)];
        return value === undefined ? null : new Double(value);
      });
      return isMedian ? found[0] : found;
    },
  };
}
