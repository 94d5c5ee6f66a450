import { useLocation } from "preact-iso/router";
import { createRecipe } from "../api/recipes.ts";
import { FailureNote } from "../components/FailureNote.tsx";
import { RecipeForm } from "../components/RecipeForm.tsx";
import { RequireUser } from "../components/RequireUser.tsx";
import { useCookbook } from "../components/useCookbook.ts";
import { usePageTitle } from "../components/usePageTitle.ts";
import { Waiting } from "../components/Waiting.tsx";

/** Writing a new recipe down. */
export function NewRecipePage() {
  usePageTitle("New recipe");
  return <RequireUser>{() => <NewRecipe />}</RequireUser>;
}

function NewRecipe() {
  const { route } = useLocation();
  const cookbook = useCookbook();
  const { households } = cookbook;
  const { list, failure } = households;
  if (failure.value) return <FailureNote failure={failure.value} onRetry={() => void households.reload()} />;
  if (!list.value) return <Waiting />;
  if (list.value.length === 0) {
    return (
      <p class="empty">
        Recipes belong to a household. <a href="/households">Make one first</a>.
      </p>
    );
  }
  return (
    <>
      <h1>New recipe</h1>
      <RecipeForm
        households={list.value}
        recipe={null}
        onSend={(fields, householdId) => createRecipe(householdId, fields)}
        onSaved={(recipe) => {
          cookbook.saved(recipe);
          route(`/recipes/${recipe._id}`, true);
        }}
        onCancel={() => route("/recipes")}
      />
    </>
  );
}
