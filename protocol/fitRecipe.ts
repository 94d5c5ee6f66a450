import type { ImportedFields, ImportedRecipe } from "./importedRecipe.ts";
import { RECIPE_LIMITS } from "./recipeLimits.ts";

/** What was found of a recipe, without regard to how much of it there is. */
export interface FoundRecipe extends Omit<ImportedFields, "ingredients"> {
  readonly ingredients: readonly string[];
  readonly unread: readonly string[];
}

/** Lines that there is room for, and the rest. */
interface Fitted {
  readonly fits: readonly string[];
  readonly rest: readonly string[];
}

/** Makes a recipe of what was found: what is too long, or too much, goes to the lines that are left for the person. */
export function fitRecipe(found: FoundRecipe): ImportedRecipe {
  const title = fitted([found.title], 1, RECIPE_LIMITS.title);
  const ingredients = fitted(found.ingredients, RECIPE_LIMITS.lines, RECIPE_LIMITS.ingredient);
  const steps = fitted(found.steps, RECIPE_LIMITS.lines, RECIPE_LIMITS.step);
  const tags = fitted(different(found.tags), RECIPE_LIMITS.tags, RECIPE_LIMITS.tag);
  const source = fitted(found.source === null ? [] : [found.source], 1, RECIPE_LIMITS.source);
  const recipe = {
    title: title.fits[0] ?? "",
    ...(found.servings !== undefined && { servings: found.servings }),
    ingredients: ingredients.fits.map((text) => ({ text })),
    steps: steps.fits,
    tags: tags.fits,
    image: shortEnough(found.image, RECIPE_LIMITS.image),
    source: source.fits[0] ?? null,
  };
  const rest = [...title.rest, ...ingredients.rest, ...steps.rest, ...tags.rest, ...source.rest];
  return { recipe, unread: [...found.unread, ...rest] };
}

function fitted(lines: readonly string[], most: number, longest: number): Fitted {
  const clean = lines.map((line) => line.normalize("NFC").trim()).filter(Boolean);
  const short = clean.filter((line) => line.length <= longest);
  const long = clean.filter((line) => line.length > longest);
  return { fits: short.slice(0, most), rest: [...short.slice(most), ...long] };
}

/** "Soup" and "soup" are one tag. */
function different(tags: readonly string[]): readonly string[] {
  const byName = new Map(tags.toReversed().map((tag) => [tag.trim().toLowerCase(), tag]));
  return [...byName.values()].toReversed();
}

/** Half of an address leads nowhere. */
function shortEnough(address: string | null, longest: number): string | null {
  return address !== null && address.length <= longest ? address : null;
}
