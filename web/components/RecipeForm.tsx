import { useSignal } from "@preact/signals";
import type { Household } from "../../protocol/household.ts";
import type { Recipe, RecipeFields } from "../../protocol/recipe.ts";
import type { Failure } from "../api/request.ts";
import type { Work } from "../edits/work.ts";
import { draftOf, fieldsOf, type RecipeDraft } from "../store/recipeDraft.ts";
import { DraftNote } from "./DraftNote.tsx";
import { FailureNote } from "./FailureNote.tsx";
import { HouseholdField } from "./HouseholdField.tsx";
import { TextAreaField } from "./TextAreaField.tsx";
import { TextField } from "./TextField.tsx";
import { useDraft, type DraftForm } from "./useDraft.ts";
import { useEdit } from "./useEdit.ts";

interface RecipeFormProps {
  /** Where a new recipe may go. */
  readonly households: readonly Household[];
  /** The recipe to change, `null` for a new one. */
  readonly recipe: Recipe | null;
  /** What is to be done with what was typed; `null` when that is nothing. */
  readonly workOf: (fields: RecipeFields, householdId: string) => Work | null;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

const SHOWN = ["title", "servings", "ingredients", "steps", "tags", "image", "source", "householdId"];

type DraftSignals = DraftForm<keyof RecipeDraft>["fields"];

/** Writing a recipe down: a box per part, a line per ingredient and step. */
export function RecipeForm({ households, recipe, workOf, onDone, onCancel }: RecipeFormProps) {
  const draft = useDraft<keyof RecipeDraft>(recipe ? `recipe/${recipe._id}` : "new-recipe", draftOf(recipe));
  const householdId = useSignal(households[0]?._id ?? "");
  const { busy, failure, run } = useEdit();
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const fields = fieldsOf(draft.values(), recipe);
    const work = workOf(fields, householdId.value);
    if (work) run(work, recipe?.title ?? fields.title, finish);
    else finish();
  }
  function finish(): void {
    draft.sent();
    onDone();
  }
  function cancel(): void {
    draft.discard();
    onCancel();
  }
  return (
    <form class="form card recipe-form" onSubmit={submit}>
      {households.length > 1 && (
        <HouseholdField households={households} value={householdId} failure={failure.value} />
      )}
      <DraftNote draft={draft} />
      <DraftFields draft={draft.fields} failure={failure.value} />
      <FailureNote failure={failure.value} shownFields={SHOWN} />
      <div class="actions">
        <button type="submit" class="button primary" disabled={busy.value}>
          Save recipe
        </button>
        <button type="button" class="button quiet" onClick={cancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}

function DraftFields({ draft, failure }: { readonly draft: DraftSignals; readonly failure: Failure | null }) {
  return (
    <>
      <TextField label="Title" name="title" required maxLength={200} value={draft.title} failure={failure} />
      <TextField
        label="Servings"
        name="servings"
        type="number"
        min={1}
        max={1000}
        value={draft.servings}
        failure={failure}
      />
      <TextAreaField
        label="Ingredients"
        name="ingredients"
        hint="One per line, like “200 g flour”."
        rows={8}
        value={draft.ingredients}
        failure={failure}
      />
      <TextAreaField
        label="Steps"
        name="steps"
        hint="One per line."
        rows={8}
        value={draft.steps}
        failure={failure}
      />
      <TextField label="Tags" name="tags" hint="Separated by commas." value={draft.tags} failure={failure} />
      <TextField
        label="Picture"
        name="image"
        type="url"
        hint="Address of a picture."
        value={draft.image}
        failure={failure}
      />
      <TextField
        label="Source"
        name="source"
        hint="A book or an address."
        value={draft.source}
        failure={failure}
      />
    </>
  );
}
