import { readIngredient } from "./readIngredient.ts";

/** What is understood of a line that somebody wrote on a shopping list. */
export interface ReadLine {
  /** `null` for a range, for "some", and for what can't be read: then `name` is the whole line as it was written. */
  readonly quantity: number | null;
  readonly unit: string;
  readonly name: string;
}

/** Reads a line of a shopping list, like `2 l milk` or `candles`. */
export function readLine(text: string): ReadLine {
  const { amount, unit, name } = readIngredient(text);
  if (!amount || amount.from !== amount.to) return { quantity: null, unit: "", name: text };
  return { quantity: amount.from, unit, name };
}
