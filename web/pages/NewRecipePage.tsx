import { useLocation } from "preact-iso/router";
import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { ImportedRecipe } from "../../protocol/importedRecipe.ts";
import { FailureNote } from "../components/FailureNote.tsx";
import { IMPORT_FORM, ImportBox } from "../components/ImportBox.tsx";
import { RecipeForm, type TypedRecipe } from "../components/RecipeForm.tsx";
import { RequireUser } from "../components/RequireUser.tsx";
import { useCookbook } from "../components/useCookbook.ts";
import { useEdit } from "../components/useEdit.ts";
import { usePageTitle } from "../components/usePageTitle.ts";
import { Waiting } from "../components/Waiting.tsx";
import { dropDraft, keepDraft, keptDraft } from "../device/drafts.ts";
import { importedDraft } from "../store/importedDraft.ts";
import { newObjectId } from "../store/newObjectId.ts";
import { userId } from "../store/session.ts";

const FORM = "new-recipe";

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
  /** Counts the recipes that were read: the form begins anew with each. */
  const read = useSignal(0);
  function fillIn({ recipe }: ImportedRecipe): void {
    const account = userId.peek();
    const typed = { ...keptDraft(account, FORM)?.typed, ...importedDraft(recipe) };
    keepDraft(account, FORM, { typed, seen: {} });
    read.value++;
  }
  function save({ fields, householdId }: TypedRecipe, done: () => void): void {
    const edit = { kind: "add", householdId, fields } as const;
    saving.run({ kind: "recipe", recipeId: id, edit }, fields.title, () => {
      done();
      dropDraft(userId.peek(), IMPORT_FORM);
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
      <ImportBox onRead={fillIn} />
      <RecipeForm
        key={read.value}
        form={FORM}
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
