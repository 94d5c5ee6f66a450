import type { Recipe } from "../../protocol/recipe.ts";
import { notShownYet, type PendingEdit } from "../edits/pendingEdit.ts";
import { documentOf, type Work } from "../edits/work.ts";

/** The recipes as the user wants to see them: what the server has, with the user's own edits on top. */
export function withRecipeEdits(
  recipes: readonly Recipe[],
  pending: readonly PendingEdit[],
  now: number,
): readonly Recipe[] {
  const shown = new Map(recipes.map((recipe) => [recipe._id, recipe]));
  // What was refused is told elsewhere: a recipe to cook from is the one that everybody has.
  const open = pending.filter(({ row, state }) => row.work.kind === "recipe" && state.kind !== "refused");
  for (const edits of Map.groupBy(open, ({ row }) => documentOf(row.work)).values()) {
    const id = recipeIdOf(edits[0]?.row.work);
    const updatedAt = shown.get(id)?.updatedAt ?? "";
    for (const { row } of notShownYet(edits, updatedAt, now)) apply(shown, row.work);
  }
  return [...shown.values()];
}

function recipeIdOf(work: Work | undefined): string {
  return work?.kind === "recipe" ? work.recipeId : "";
}

function apply(shown: Map<string, Recipe>, work: Work): void {
  if (work.kind !== "recipe") return;
  const { recipeId, edit } = work;
  const before = shown.get(recipeId);
  if (edit.kind === "remove") shown.delete(recipeId);
  if (edit.kind === "change" && before) shown.set(recipeId, { ...before, ...edit.change });
  if (edit.kind === "add" && !before) {
    const { householdId, fields } = edit;
    shown.set(recipeId, { _id: recipeId, householdId, ...fields, createdAt: "", updatedAt: "" });
  }
}
