import type { Recipe } from "../../protocol/recipe.ts";
import { pictureUrl } from "../api/pictureUrl.ts";
import { DishPicture } from "./DishPicture.tsx";

/** A recipe's photo; where it has none, its dish as it is drawn everywhere. */
export function RecipePicture({ recipe }: { readonly recipe: Recipe }) {
  if (!recipe.image) return <DishPicture title={recipe.title} />;
  return <img class="picture" src={pictureUrl(recipe.image)} alt="" loading="lazy" />;
}
