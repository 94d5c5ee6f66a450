import { readServings } from "../../kitchen/readServings.ts";
import { listOf } from "./Node.ts";
import { plainLine } from "./plainText.ts";

/** For how many people a recipe is, and what it yields otherwise. */
export interface Yield {
  readonly servings?: number;
  readonly unread: readonly string[];
}

/** Reads `recipeYield`: 4, "4 servings", or several of them. A range is for the person to choose from. */
export function servingsOf(value: unknown): Yield {
  const texts = listOf(value).flatMap((one) =>
    typeof one === "string" || typeof one === "number" ? [plainLine(String(one))] : [],
  );
  // A mere number counts people here.
  const counts = texts.map((text) => readServings(/^\d+$/.test(text) ? `for ${text}` : text));
  const servings = counts.find((count) => count !== null);
  if (servings !== undefined) return { servings, unread: [] };
  return { unread: [...new Set(texts)].filter(Boolean) };
}
