import type { Document } from "mongodb";

import { type Answer, good, refused, refusedMeanwhile } from "../protocol/answer.ts";
import { conflictsOf } from "../protocol/conflicts.ts";
import { mergeLines } from "../protocol/mergeLines.ts";
import { QUOTAS } from "../protocol/quotas.ts";
import type { RecipeChange, RecipePatch } from "../protocol/recipe.ts";
import { textOf } from "../protocol/sameValue.ts";
import { given } from "./given.ts";
import { recipeOf } from "./wire.ts";

/**
 * The fields of a recipe as a change leaves them: lists of lines take in what others have made of them meanwhile.
 * Refuses `changed-meanwhile`, and `limit-reached` when a list has no room for the lines of both.
 */
export function changedRecipe(
  document: Document,
  { was = {}, ...changes }: RecipePatch,
): Answer<RecipeChange> {
  const stored = recipeOf(document);
  const ingredients = merged(was.ingredients, changes.ingredients, stored.ingredients);
  const steps = merged(was.steps, changes.steps, stored.steps);
  if (ingredients === null || steps === null) return refusedMeanwhile(stored);
  if (Math.max(ingredients?.length ?? 0, steps?.length ?? 0) > QUOTAS.linesOfRecipe)
    return refused("limit-reached", `With the lines of others there are more than ${QUOTAS.linesOfRecipe}`);
  const { ingredients: _, steps: __, ...seen } = was;
  if (conflictsOf(given(stored), given(seen), given(changes)).length > 0) return refusedMeanwhile(stored);
  return good({ ...changes, ...(ingredients && { ingredients }), ...(steps && { steps }) });
}

/** `undefined` where there is nothing to merge, `null` where both changed the same lines. */
function merged<Line>(
  seen: readonly Line[] | undefined,
  wanted: readonly Line[] | undefined,
  stored: readonly Line[],
): readonly Line[] | null | undefined {
  return seen && wanted && mergeLines(seen, wanted, stored, textOf);
}
