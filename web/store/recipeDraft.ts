import { ingredientLine } from "../../kitchen/ingredientLine.ts";
import { ingredientOf } from "../../kitchen/ingredientOf.ts";
import type { RecipeFields } from "../../protocol/recipe.ts";

/** A recipe while it is being typed: one text per box. */
export interface RecipeDraft {
  readonly title: string;
  readonly servings: string;
  /** One ingredient per line, as in “200 g flour”. */
  readonly ingredients: string;
  /** One step per line. */
  readonly steps: string;
  /** Separated by commas. */
  readonly tags: string;
  readonly image: string;
  readonly source: string;
}

/** What to type to get these fields. */
export function draftOf(fields: RecipeFields | null): RecipeDraft {
  return {
    title: fields?.title ?? "",
    servings: String(fields?.servings ?? 4),
    ingredients: (fields?.ingredients ?? []).map(ingredientLine).join("\n"),
    steps: (fields?.steps ?? []).map(stepLine).join("\n"),
    tags: (fields?.tags ?? []).join(", "),
    image: fields?.image ?? "",
    source: fields?.source ?? "",
  };
}

/**
 * What was typed, as fields. The server says what is wrong with them.
 * @param before the recipe that was edited: a line that nobody touched stays exactly what it was.
 */
export function fieldsOf(draft: RecipeDraft, before: RecipeFields | null): RecipeFields {
  const ingredients = new Map((before?.ingredients ?? []).map((one) => [ingredientLine(one), one]));
  const steps = new Map((before?.steps ?? []).map((step) => [stepLine(step), step]));
  return {
    title: draft.title.trim(),
    servings: Number(draft.servings),
    ingredients: lines(draft.ingredients).map((line) => ingredients.get(line) ?? ingredientOf(line)),
    steps: lines(draft.steps).map((line) => steps.get(line) ?? line),
    tags: [...new Set(draft.tags.split(",").map((tag) => tag.trim()))].filter(Boolean),
    image: draft.image.trim() || null,
    source: draft.source.trim() || null,
  };
}

/** What to send to change a recipe: only what differs, so that two people can change two things at once. */
export function changeOfRecipe(before: Partial<RecipeFields>, after: RecipeFields): Partial<RecipeFields> {
  const old: Readonly<Record<string, unknown>> = { ...before };
  return Object.fromEntries(
    Object.entries(after).filter(([field, value]) => JSON.stringify(old[field]) !== JSON.stringify(value)),
  );
}

function stepLine(step: string): string {
  return step.replaceAll(/\s+/g, " ").trim();
}

function lines(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
