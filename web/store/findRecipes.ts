import type { Recipe } from "../../protocol/recipe.ts";

/** The recipes in which every word of the query occurs (title, tags or ingredients), by title. */
export function findRecipes(recipes: readonly Recipe[], query: string): readonly Recipe[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return recipes
    .filter((recipe) => {
      const where = fold(
        [recipe.title, ...recipe.tags, ...recipe.ingredients.map(({ name }) => name)].join(" "),
      );
      return words.every((word) => where.includes(word));
    })
    .toSorted((a, b) => a.title.localeCompare(b.title));
}

/** Lower case without accents: a phone's keyboard makes “creme” easier than “crème”. */
export function fold(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
