import { useLocation } from "preact-iso/router";
import { useMemo } from "preact/hooks";
import { FailureNote } from "../components/FailureNote.tsx";
import { RecipeForm, type TypedRecipe } from "../components/RecipeForm.tsx";
import { RequireUser } from "../components/RequireUser.tsx";
import { useCookbook } from "../components/useCookbook.ts";
import { useEdit } from "../components/useEdit.ts";
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
  const saving = useEdit();
  function save({ fields, householdId }: TypedRecipe, done: () => void): void {
    const edit = { kind: "add", householdId, fields } as const;
    saving.run({ kind: "recipe", recipeId: id, edit }, fields.title, () => {
      done();
      route(`/recipes/${id}`, true);
    });
  }
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
        form="new-recipe"
        households={list.value}
        start={null}
        recipe={null}
        submitName="Save recipe"
        busy={saving.busy.value}
        failure={saving.failure.value}
        onSubmit={save}
        onCancel={() => route("/recipes")}
      />
    </>
  );
}
