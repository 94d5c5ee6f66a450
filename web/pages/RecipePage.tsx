import { useSignal } from "@preact/signals";
import { useLocation, useRoute } from "preact-iso/router";
import type { Recipe } from "../../protocol/recipe.ts";
import { fetchHouseholds } from "../api/households.ts";
import { changeRecipe, createRecipe, deleteRecipe, fetchRecipe } from "../api/recipes.ts";
import { ConfirmButton } from "../components/ConfirmButton.tsx";
import { FailureNote } from "../components/FailureNote.tsx";
import { RecipeForm } from "../components/RecipeForm.tsx";
import { RecipeText } from "../components/RecipeText.tsx";
import { RequireUser } from "../components/RequireUser.tsx";
import { useAction } from "../components/useAction.ts";
import { usePageTitle } from "../components/usePageTitle.ts";
import { Waiting } from "../components/Waiting.tsx";
import { useLoading } from "../store/loading.ts";

/** One recipe, to read, change or delete; at `/recipes/new`, to write. */
export function RecipePage() {
  const { params } = useRoute();
  const id = params["id"] ?? "";
  return <RequireUser>{() => (id === "new" ? <NewRecipe /> : <KnownRecipe key={id} id={id} />)}</RequireUser>;
}

function NewRecipe() {
  usePageTitle("New recipe");
  const { route } = useLocation();
  const households = useLoading("households", fetchHouseholds);
  const [first] = households.value.value ?? [];
  if (households.failure.value) {
    return <FailureNote failure={households.failure.value} onRetry={() => void households.reload()} />;
  }
  if (!households.value.value) return <Waiting />;
  if (!first) {
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
        households={households.value.value}
        recipe={null}
        onSend={(fields, householdId) => createRecipe(householdId, fields)}
        onSaved={(recipe) => route(`/recipes/${recipe._id}`, true)}
        onCancel={() => route("/recipes")}
      />
    </>
  );
}

function KnownRecipe({ id }: { readonly id: string }) {
  const recipe = useLoading(id, () => fetchRecipe(id));
  const editing = useSignal(false);
  const shown = recipe.value.value;
  usePageTitle(shown?.title ?? "Recipe");
  if (!shown && recipe.failure.value) {
    return <FailureNote failure={recipe.failure.value} onRetry={() => void recipe.reload()} />;
  }
  if (!shown) return <Waiting />;
  if (!editing.value) return <ReadRecipe recipe={shown} onEdit={() => (editing.value = true)} />;
  return (
    <>
      <h1>Edit recipe</h1>
      <RecipeForm
        households={[]}
        recipe={shown}
        onSend={(fields) => changeRecipe(id, fields)}
        onSaved={(saved) => {
          recipe.value.value = saved;
          editing.value = false;
        }}
        onCancel={() => (editing.value = false)}
      />
    </>
  );
}

function ReadRecipe({ recipe, onEdit }: { readonly recipe: Recipe; readonly onEdit: () => void }) {
  const { route } = useLocation();
  const deleting = useAction();
  return (
    <article>
      <div class="page-header">
        <h1>{recipe.title}</h1>
        <div class="actions">
          <button type="button" class="button primary" onClick={onEdit}>
            Edit
          </button>
          <ConfirmButton
            name="Delete"
            question="Delete this recipe for everybody?"
            busy={deleting.busy.value}
            onConfirm={() => deleting.run(deleteRecipe(recipe._id), () => route("/recipes"))}
          />
        </div>
      </div>
      <FailureNote failure={deleting.failure.value} />
      <RecipeText recipe={recipe} />
    </article>
  );
}
