import { readIngredient } from "./readIngredient.ts";
import { scaleAmount } from "./scaleAmount.ts";
import { showAmount } from "./showAmount.ts";

/** A line of an ingredient list in two parts: how much, and of what. */
export interface ScaledLine {
  /** Empty where it can't be read. */
  readonly amount: string;
  readonly rest: string;
}

/**
 * A line for so many times as many people. What can't be read stays as it was written, and so does the whole line when
 * the number of people stays.
 */
export function scaleLine(line: string, factor: number): ScaledLine {
  const { amount, unit, name } = readIngredient(line);
  if (!amount || !line.endsWith(name)) return { amount: "", rest: line };
  if (factor === 1) return { amount: line.slice(0, -name.length).trim(), rest: name };
  const scaled = showAmount(scaleAmount(amount, factor), unit);
  return { amount: [scaled, unit].filter(Boolean).join(" "), rest: name };
}
