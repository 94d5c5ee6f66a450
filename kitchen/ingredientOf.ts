import { readIngredient } from "./readIngredient.ts";

/** A line of an ingredient list, and what was read in it. */
export interface WrittenIngredient {
  /** `null` for "some", for a range, and for what can't be read. */
  readonly quantity: number | null;
  readonly unit: string;
  readonly name: string;
  /** As its author wrote it. */
  readonly text: string;
}

/** Reads a line as its author wrote it, and keeps it. */
export function ingredientOf(text: string): WrittenIngredient {
  const { amount, unit, name } = readIngredient(text);
  return { quantity: amount && amount.from === amount.to ? amount.from : null, unit, name, text };
}
