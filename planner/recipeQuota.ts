import { BSON, type Document } from "mongodb";

import { QUOTAS } from "../protocol/quotas.ts";
import type { Store } from "./Store.ts";
import { TIMED } from "../durable-objects/database/timed.ts";

/** What the other recipes of a household take. */
interface Others {
  readonly recipes: number;
  readonly bytes: number;
}

/** What a recipe would be too much of in its household, or `null`. It need not be kept yet. */
export async function recipeOver(store: Store, recipe: Document): Promise<string | null> {
  const { recipesOfHousehold, recipeBytesOfHousehold } = QUOTAS;
  const others = await othersOf(store, recipe);
  if (others.recipes >= recipesOfHousehold) return `A household keeps at most ${recipesOfHousehold} recipes`;
  const bytes = others.bytes + BSON.calculateObjectSize(recipe);
  if (bytes <= recipeBytesOfHousehold) return null;
  return `The recipes of a household take at most ${recipeBytesOfHousehold / 1024 / 1024} MiB`;
}

/** The same for a recipe that changes: one that does not grow is never too much. */
export async function changeOver(store: Store, before: Document, after: Document): Promise<string | null> {
  const grows = BSON.calculateObjectSize(after) > BSON.calculateObjectSize(before);
  return grows ? recipeOver(store, after) : null;
}

async function othersOf({ recipes }: Store, { _id, householdId }: Document): Promise<Others> {
  const [found] = await recipes
    .aggregate<Others>(
      [
        { $match: { householdId, _id: { $ne: _id } } },
        { $group: { _id: null, recipes: { $sum: 1 }, bytes: { $sum: { $bsonSize: "$$ROOT" } } } },
      ],
      TIMED,
    )
    .toArray();
  return found ?? { recipes: 0, bytes: 0 };
}
