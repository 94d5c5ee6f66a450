import { compareValues } from "../bson/compareValues.ts";
import type { StringOrder } from "../bson/compareStrings.ts";
import { isNullish } from "../bson/values.ts";
import type { Gatherer } from "./Gatherer.ts";

/** The least or the greatest value of any type; null and missing do not count. */
export function extreme(direction: 1 | -1): (strings: StringOrder) => Gatherer {
  return (strings) => {
    let best: unknown = null;
    return {
      add: (value) => {
        if (isNullish(value)) return;
        if (best === null || compareValues(value, best, strings) * direction > 0) best = value;
      },
      result: () => best,
    };
  };
}

/** Some of the least or greatest values, the most extreme one first. */
export function extremes(direction: 1 | -1, count: number, strings: StringOrder): Gatherer {
  const kept: unknown[] = [];
  return {
    add: (value) => {
      if (!isNullish(value)) kept.push(value);
    },
    result: () =>
      kept.toSorted((left, right) => compareValues(right, left, strings) * direction).slice(0, count),
  };
}
