import { isNumeric, toNumber } from "./numbers.ts";

/** True for null and for a missing field. */
export function isNullish(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** Whether a condition holds: false, null, a missing field and zero do not. */
export function isTruthy(value: unknown): boolean {
  if (isNumeric(value)) return toNumber(value) !== 0;
  return value !== false && !isNullish(value);
}
