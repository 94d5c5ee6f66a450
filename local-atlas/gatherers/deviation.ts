import { Double } from "bson";
import { isNumeric, toNumber } from "../bson/numbers.ts";
import type { Gatherer } from "./Gatherer.ts";

/** The standard deviation of a whole population, or (`isSample`) of a sample: null for too few numbers. */
export function deviation(isSample: boolean): Gatherer {
  let count = 0;
  let mean = 0;
  let squares = 0;
  return {
    add: (value) => {
      if (!isNumeric(value)) return;
      const number = toNumber(value);
      count++;
      const distance = number - mean;
      mean += distance / count;
      squares += distance * (number - mean);
    },
    result: () => {
      const divisor = isSample ? count - 1 : count;
      return divisor <= 0 ? null : new Double(Math.sqrt(squares / divisor));
    },
  };
}
