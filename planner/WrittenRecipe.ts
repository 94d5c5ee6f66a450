import type { Document } from "mongodb";

import type { ChangeText } from "../protocol/change.ts";
import type { Recipe } from "../protocol/recipe.ts";
import type { Version } from "../protocol/version.ts";
import { changesTo, recipeOf } from "./wire.ts";

/** A recipe after a write, and what is to be published. */
export interface WrittenRecipe {
  readonly recipe: Recipe;
  readonly changes: readonly ChangeText[];
}

/** What a write answers. @param version of the write, `null` when it is not known for certain. */
export function writtenRecipe(document: Document, version: Version | null, at: Date): WrittenRecipe {
  return { recipe: recipeOf(document), changes: changesTo("recipes", [document], version, at.getTime()) };
}
