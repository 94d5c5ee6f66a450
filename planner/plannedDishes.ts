import { type ClientSession, type Document, ObjectId } from "mongodb";

import { TIMED } from "../durable-objects/database/timed.ts";
import type { PlannedDish } from "../kitchen/needs.ts";
import { isObjectId } from "../protocol/objectId.ts";
import type { Recipe } from "../protocol/recipe.ts";
import type { Store } from "./Store.ts";
import { entryOf, recipeOf } from "./wire.ts";

/** The dishes of a plan that have a recipe, with what they need for as many as they are planned for. */
export async function plannedDishes(
  { recipes }: Store,
  plan: Document,
  session: ClientSession,
): Promise<readonly PlannedDish[]> {
  const entries = dishesOn(plan).map(entryOf);
  const ids = new Set(
    entries.flatMap(({ recipeId }) => (recipeId && isObjectId(recipeId) ? [recipeId] : [])),
  );
  const filter = {
    _id: { $in: [...ids].map((id) => new ObjectId(id)) },
    householdId: plan["householdId"],
  };
  const found = (await recipes.find(filter, { ...TIMED, session }).toArray()).map(recipeOf);
  const byId = new Map(found.map((recipe) => [recipe._id, recipe]));
  return entries.flatMap(({ recipeId, title, servings }) => {
    const recipe = byId.get(recipeId ?? "");
    return recipe ? [dishOf(recipe, title, servings)] : [];
  });
}

function dishOf(recipe: Recipe, title: string, servings: number | null): PlannedDish {
  const factor = (servings ?? recipe.servings) / recipe.servings;
  const isSensible = Number.isFinite(factor) && factor > 0;
  return { title: title || recipe.title, factor: isSensible ? factor : 1, ingredients: recipe.ingredients };
}

/** Those that somebody has typed as something else are none. */
function dishesOn({ entries }: Document): readonly Document[] {
  return Array.isArray(entries) ? entries.filter((entry) => typeof entry === "object" && entry !== null) : [];
}
