import { BSON, type Document, ObjectId } from "mongodb";

import { TIMED } from "../durable-objects/database/timed.ts";
import type { Recipe } from "../protocol/recipe.ts";
import type { Store } from "./Store.ts";
import { recipeOf } from "./wire.ts";

/** Which recipes of a list are wanted. */
export interface PageWish {
  /** `null` for as many as a page takes. */
  readonly limit: number | null;
  /** The last one of the page before; `null` for the first page. */
  readonly after: string | null;
}

/** Some recipes of a list, the newest first. */
export interface RecipePage {
  readonly recipes: readonly Recipe[];
  /** What the next page comes after; `null` when this is the last one. */
  readonly next: string | null;
}

/** How much a page takes: one object can tell another 32 MiB, and has to hold it several times to do so. */
const LONGEST_PAGE_BYTES = 8 * 1024 * 1024;

/** Reads a page of the recipes of households. */
export async function recipePage(
  { recipes }: Store,
  households: readonly ObjectId[],
  { limit, after }: PageWish,
): Promise<RecipePage> {
  const older = after === null ? {} : { _id: { $lt: new ObjectId(after) } };
  const filter = { householdId: { $in: households }, ...older };
  const found: Document[] = [];
  let bytes = 0;
  for await (const document of recipes.find(filter, TIMED).sort({ _id: -1 })) {
    bytes += BSON.calculateObjectSize(document);
    if (found.length === limit || bytes > LONGEST_PAGE_BYTES) return pageOf(found, true);
    found.push(document);
  }
  return pageOf(found, false);
}

function pageOf(found: readonly Document[], isMore: boolean): RecipePage {
  const recipes = found.map(recipeOf);
  return { recipes, next: isMore ? (recipes.at(-1)?._id ?? null) : null };
}
