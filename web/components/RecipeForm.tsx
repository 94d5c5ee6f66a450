import type { Household } from "../../protocol/household.ts";
import type { RecipeFields } from "../../protocol/recipe.ts";
import { readRecipe } from "../api/recipes.ts";
import type { Failure } from "../api/request.ts";
import type { SeenRecipe } from "../edits/work.ts";
import { draftOf, fieldsOf, type RecipeDraft } from "../store/recipeDraft.ts";
import { DraftNote } from "./DraftNote.tsx";
import { FailureNote } from "./FailureNote.tsx";
import { HouseholdField } from "./HouseholdField.tsx";
import { TextAreaField } from "./TextAreaField.tsx";
import { TextField } from "./TextField.tsx";
import { useDraft, type DraftForm } from "./useDraft.ts";

/** A recipe that was typed. */
export interface TypedRecipe {
  readonly fields: RecipeFields;
  readonly householdId: string;
  /** What is changed, as the user saw it while they typed. */
  readonly seen: SeenRecipe;
}

interface RecipeFormProps {
  /** Names the form and its recipe. */
  readonly form: string;
  /** Where a new recipe may go. */
  readonly households: readonly Household[];
  /** What to show at first. */
  readonly start: RecipeFields | null;
  /** The recipe that is changed; `null` for a new one. */
  readonly recipe: SeenRecipe | null;
  readonly submitName: string;
  readonly busy: boolean;
  readonly failure: Failure | null;
  /** @param done what was typed need not be kept any longer. */
  readonly onSubmit: (typed: TypedRecipe, done: () => void) => void;
  readonly onCancel: () => void;
}

const SHOWN = ["title", "servings", "ingredients", "steps", "tags", "image", "source", "householdId"];

type FieldName = keyof RecipeDraft | "householdId";
type DraftSignals = DraftForm<FieldName>["fields"];

/** Writing a recipe down: a box per part, a line per ingredient and step. */
export function RecipeForm(props: RecipeFormProps) {
  const { form, households, start, recipe, failure } = props;
  const draft = useDraft<FieldName>({
    form,
    start: { ...draftOf(start), householdId: recipe?.householdId ?? households[0]?._id ?? "" },
    ...(recipe && { document: recipe }),
  });
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const { householdId, ...typed } = draft.values();
    const seen = recipe && readRecipe(draft.seen());
    props.onSubmit({ fields: fieldsOf(typed, seen), householdId, seen: seen ?? {} }, draft.sent);
  }
  function cancel(): void {
    draft.discard();
    props.onCancel();
  }
  return (
    <form class="form card recipe-form" onSubmit={submit}>
      {households.length > 1 && (
        <HouseholdField households={households} value={draft.fields.householdId} failure={failure} />
      )}
      <DraftNote draft={draft} />
      <DraftFields draft={draft.fields} failure={failure} />
      <FailureNote failure={failure} shownFields={SHOWN} />
      <div class="actions">
        <button type="submit" class="button primary" disabled={props.busy}>
          {props.submitName}
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
