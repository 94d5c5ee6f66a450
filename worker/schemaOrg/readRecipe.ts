import { fitRecipe } from "../../protocol/fitRecipe.ts";
import type { ImportedRecipe } from "../../protocol/importedRecipe.ts";
import { isNode, listOf, type Node } from "./Node.ts";
import { plainLine, plainLines } from "./plainText.ts";
import { servingsOf } from "./servingsOf.ts";
import { stepsOf } from "./stepsOf.ts";

/** Reads schema.org's Recipe, of a page at `url`. Times, nutrition, authors and ratings have no place in a recipe of ours. */
export function readRecipe(recipe: Node, url: URL): ImportedRecipe {
  return fitRecipe({
    title: textsOf(recipe["name"])[0] ?? textsOf(recipe["headline"])[0] ?? "",
    ...servingsOf(recipe["recipeYield"] ?? recipe["yield"]),
    ingredients: listOf(recipe["recipeIngredient"] ?? recipe["ingredients"]).flatMap(ingredientLines),
    steps: stepsOf(recipe["recipeInstructions"]),
    tags: tagsOf(recipe),
    image: imageOf(recipe["image"], url),
    source: url.href.replace(/#.*$/, ""),
  });
}

/** One text with all of them has a line for each. */
function ingredientLines(value: unknown): readonly string[] {
  return typeof value === "string" ? plainLines(value) : textsOf(value);
}

function tagsOf(recipe: Node): readonly string[] {
  const keywords = textsOf(recipe["keywords"]).flatMap((text) => text.split(","));
  return [...textsOf(recipe["recipeCategory"]), ...textsOf(recipe["recipeCuisine"]), ...keywords];
}

/** Texts, however they are packed. */
function textsOf(value: unknown): readonly string[] {
  return listOf(value)
    .map((one) => (isNode(one) ? one["name"] : one))
    .flatMap((one) => (typeof one === "string" ? [plainLine(one)] : []))
    .filter(Boolean);
}

/** The first picture, by an address of the web. */
function imageOf(value: unknown, base: URL): string | null {
  const addresses = listOf(value).flatMap((one) =>
    isNode(one) ? [...listOf(one["url"]), ...listOf(one["contentUrl"])] : [one],
  );
  const urls = addresses.map((one) => (typeof one === "string" ? URL.parse(one.trim(), base.href) : null));
  return urls.find((url) => /^https?:$/.test(url?.protocol ?? ""))?.href ?? null;
}
