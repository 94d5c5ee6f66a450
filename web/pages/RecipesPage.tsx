import { useComputed, useSignal } from "@preact/signals";
import type { Recipe } from "../../protocol/recipe.ts";
import { ConnectionBadge } from "../components/ConnectionBadge.tsx";
import { FailureNote } from "../components/FailureNote.tsx";
import { RequireUser } from "../components/RequireUser.tsx";
import { RecipePicture } from "../components/RecipePicture.tsx";
import { Tags } from "../components/Tags.tsx";
import { TextField } from "../components/TextField.tsx";
import { useCookbook } from "../components/useCookbook.ts";
import { useLossNotice } from "../components/useLossNotice.ts";
import { usePageTitle } from "../components/usePageTitle.ts";
import { Waiting } from "../components/Waiting.tsx";
import { findRecipes } from "../store/findRecipes.ts";

/** All recipes of the user's households, with a search. */
export function RecipesPage() {
  usePageTitle("Recipes");
  return <RequireUser>{() => <Recipes />}</RequireUser>;
}

function Recipes() {
  const cookbook = useCookbook();
  const { recipes, households, topics } = cookbook;
  const query = useSignal("");
  const found = useComputed(() => findRecipes(recipes.value ?? [], query.value));
  useLossNotice(households);
  return (
    <>
      <div class="page-header">
        <div class="page-title">
          <h1>Recipes</h1>
          <ConnectionBadge stream={topics} />
        </div>
        <a class="button primary" href="/recipes/new">
          New recipe
        </a>
      </div>
      <search>
        <TextField label="Search" name="search" value={query} failure={null} autocomplete="off" />
      </search>
      <FailureNote failure={households.failure.value} onRetry={() => void households.reload()} />
      {recipes.value === null && !households.failure.value && <Waiting />}
      {recipes.value !== null && <Found recipes={found.value} query={query.value} />}
    </>
  );
}

function Found({ recipes, query }: { readonly recipes: readonly Recipe[]; readonly query: string }) {
  if (recipes.length === 0) {
    return (
      <p class="empty" role="status">
        {query === "" ? "No recipes yet. Write the first one down." : `No recipe matches “${query}”.`}
      </p>
    );
  }
  return (
    <ul class="recipe-list">
      {recipes.map((recipe) => (
        <li key={recipe._id}>
          <RecipeCard recipe={recipe} />
        </li>
      ))}
    </ul>
  );
}

function RecipeCard({ recipe }: { readonly recipe: Recipe }) {
  return (
    <article class="recipe-card">
      <RecipePicture recipe={recipe} />
      <h2>
        <a href={`/recipes/${recipe._id}`}>{recipe.title}</a>
      </h2>
      <p class="hint">{summary(recipe)}</p>
      <Tags tags={recipe.tags} />
    </article>
  );
}

function summary({ servings, ingredients }: Recipe): string {
  const count = ingredients.length;
  if (count === 0) return `Serves ${servings}`;
  return `Serves ${servings} · ${count} ${count === 1 ? "ingredient" : "ingredients"}`;
}
