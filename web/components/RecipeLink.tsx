import type { ReadonlySignal } from "@preact/signals";
import { useComputed } from "@preact/signals";
import { useCookbook } from "./useCookbook.ts";

/** From a dish to its recipe; says so where that was deleted. */
export function RecipeLink({ recipeId }: { readonly recipeId: string }) {
  const { recipes, topics } = useCookbook();
  const isGone: ReadonlySignal<boolean> = useComputed(
    () =>
      topics.state.value === "live" &&
      recipes.value !== null &&
      !recipes.value.some(({ _id }) => _id === recipeId),
  );
  if (isGone.value) return <p class="hint">Its recipe was deleted. The dish stays on the plan.</p>;
  return (
    <p>
      <a href={`/recipes/${recipeId}`}>Open the recipe</a>
    </p>
  );
}
