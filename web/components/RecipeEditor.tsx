import { useMemo } from "preact/hooks";
import type { Recipe } from "../../protocol/recipe.ts";
import type { Work } from "../edits/work.ts";
import { newObjectId } from "../store/newObjectId.ts";
import { changeOfRecipe } from "../store/recipeDraft.ts";
import { recipeForm } from "./formNames.ts";
import { RecipeForm, type TypedRecipe } from "./RecipeForm.tsx";
import { useEdit } from "./useEdit.ts";

interface RecipeEditorProps {
  /** The recipe as it was when the editing began. */
  readonly recipe: Recipe;
  /** As it is by now; `null` when it is gone. */
  readonly now: Recipe | null;
  /** @param recipeId under which it is kept now. */
  readonly onDone: (recipeId: string) => void;
}

/** Changing a recipe, while others may change it as well. */
export function RecipeEditor({ recipe, now, onDone }: RecipeEditorProps) {
  const { busy, failure, run } = useEdit();
  const newId = useMemo(newObjectId, []);
  function save(typed: TypedRecipe, done: () => void): void {
    const work = now ? changeWork(recipe, typed) : addWork(newId, recipe, typed);
    const finish = () => {
      done();
      onDone(now ? recipe._id : newId);
    };
    if (work) run(work, now ? recipe.title : typed.fields.title, finish);
    else finish();
  }
  return (
    <>
      <h1>Edit recipe</h1>
      <p class="hint" role="status">
        {meanwhile(recipe, now)}
      </p>
      <RecipeForm
        form={recipeForm(recipe._id)}
        households={[]}
        start={recipe}
        recipe={recipe}
        submitName={now ? "Save recipe" : "Add as a new recipe"}
        busy={busy.value}
        failure={failure.value}
        onSubmit={save}
        onCancel={() => onDone(recipe._id)}
      />
    </>
  );
}

function changeWork({ _id: recipeId }: Recipe, { fields, seen }: TypedRecipe): Work | null {
  const change = changeOfRecipe(seen, fields);
  if (Object.keys(change).length === 0) return null;
  return { kind: "recipe", recipeId, edit: { kind: "change", change, seen } };
}

function addWork(recipeId: string, { householdId }: Recipe, { fields }: TypedRecipe): Work {
  return { kind: "recipe", recipeId, edit: { kind: "add", householdId, fields } };
}

function meanwhile(before: Recipe, now: Recipe | null): string {
  if (!now) return "Somebody deleted this recipe while you were editing it. What you typed is still here.";
  if (now.updatedAt === before.updatedAt) return "";
  return "Somebody changed this recipe while you were editing it. If you both changed the same thing, you will be asked.";
}
