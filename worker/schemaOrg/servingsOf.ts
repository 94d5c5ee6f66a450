import { RECIPE_LIMITS } from "../../protocol/recipeLimits.ts";
import { listOf } from "./Node.ts";
import { plainLine } from "./plainText.ts";

/** For how many people a recipe is, and what it yields otherwise. */
export interface Yield {
  readonly servings?: number;
  readonly unread: readonly string[];
}

/** What is counted is people, whatever a page calls them; 24 cookies are none. */
const PEOPLE =
  /^(?:serves|for|makes|für|ergibt|pour)?:?\s*(\d+)\s*(?:servings?|serves|people|persons?|portions?|portionen|personen|person|personnes|porciones|personas|porzioni|persone)?\.?$/i;

/** Reads `recipeYield`: 4, "4 servings", or several of them. A range is for the person to choose from. */
export function servingsOf(value: unknown): Yield {
  const texts = listOf(value).flatMap((one) =>
    typeof one === "string" || typeof one === "number" ? [plainLine(String(one))] : [],
  );
  const counts = texts.map((text) => Number(PEOPLE.exec(text)?.[1] ?? 0));
  const servings = counts.find((count) => count >= 1 && count <= RECIPE_LIMITS.servings);
  if (servings !== undefined) return { servings, unread: [] };
  return { unread: [...new Set(texts)].filter(Boolean) };
}
