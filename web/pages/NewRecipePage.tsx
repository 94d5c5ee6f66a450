import { useLocation } from "preact-iso/router";
import { useMemo } from "preact/hooks";
import { FailureNote } from "../components/FailureNote.tsx";
import { RecipeForm } from "../components/RecipeForm.tsx";
import { RequireUser } from "../components/RequireUser.tsx";
import { useCookbook } from "../components/useCookbook.ts";
import { usePageTitle } from "../components/usePageTitle.ts";
import { Waiting } from "../components/Waiting.tsx";
import { newObjectId } from "../store/newObjectId.ts";

/** Writing a new recipe down. */
export function NewRecipePage() {
  usePageTitle("New recipe");
  return <RequireUser>{() => <NewRecipe />}</RequireUser>;
}

function NewRecipe() {
  const { route } = useLocation();
  const { households } = useCookbook();
  const id = useMemo(newObjectId, []);
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
        workOf={(fields, householdId) => ({
          kind: "recipe",
          recipeId: id,
          edit: { kind: "add", householdId, fields },
        })}
        onDone={() => route(`/recipes/${id}`, true)}
        onCancel={() => route("/recipes")}
      />
    </>
  );
}
