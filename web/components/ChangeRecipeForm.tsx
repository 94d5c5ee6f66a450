import type { RecipeFields } from "../../protocol/recipe.ts";
import { readRecipe } from "../api/recipes.ts";
import type { RecipeEdit, Work } from "../edits/work.ts";
import { newObjectId } from "../store/newObjectId.ts";
import { changeOfRecipe } from "../store/recipeDraft.ts";
import type { ChangeFormProps } from "./ChangeFormProps.ts";
import { RecipeForm, type TypedRecipe } from "./RecipeForm.tsx";
import { useMyHouseholds } from "./useMyHouseholds.ts";

/** The form of a recipe that was not saved. */
export function ChangeRecipeForm({ form, row, work, isGone, onRevised, onClose }: ChangeFormProps<"recipe">) {
  const households = useMyHouseholds().list.value;
  const { edit } = work;
  function save(typed: TypedRecipe, done: () => void): void {
    onRevised(revisedWork(work, typed, isGone));
    done();
    onClose();
  }
  if (edit.kind === "remove" || households === null) return null;
  return (
    <RecipeForm
      form={form}
      households={edit.kind === "add" ? households : []}
      start={wantedRecipe(edit)}
      recipe={edit.kind === "add" ? { ...edit.fields, householdId: edit.householdId } : edit.seen}
      submitName={isGone ? "Add as a new recipe" : "Save recipe"}
      busy={false}
      failure={row.refusal}
      onSubmit={save}
      onCancel={onClose}
    />
  );
}

function wantedRecipe(edit: Exclude<RecipeEdit, { readonly kind: "remove" }>): RecipeFields {
  return edit.kind === "add" ? edit.fields : readRecipe({ ...edit.seen, ...edit.change });
}

function revisedWork(
  work: Extract<Work, { readonly kind: "recipe" }>,
  { fields, householdId, seen }: TypedRecipe,
  isGone: boolean,
): Work | null {
  const { edit } = work;
  if (edit.kind === "add") return { ...work, edit: { kind: "add", householdId, fields } };
  if (isGone) return { kind: "recipe", recipeId: newObjectId(), edit: { kind: "add", householdId, fields } };
  const change = changeOfRecipe(seen, fields);
  return Object.keys(change).length === 0 ? null : { ...work, edit: { kind: "change", change, seen } };
}
