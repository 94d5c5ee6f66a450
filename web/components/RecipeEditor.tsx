import type { Recipe } from "../../protocol/recipe.ts";
import { changeOfRecipe } from "../store/recipeDraft.ts";
import { RecipeForm } from "./RecipeForm.tsx";

interface RecipeEditorProps {
  /** The recipe as it was when the editing began. */
  readonly recipe: Recipe;
  /** As it is by now; `null` when it is gone. */
  readonly now: Recipe | null;
  readonly onDone: () => void;
}

/** Changing a recipe, while others may change it as well. */
export function RecipeEditor({ recipe, now, onDone }: RecipeEditorProps) {
  return (
    <>
      <h1>Edit recipe</h1>
      <p class="hint" role="status">
        {meanwhile(recipe, now)}
      </p>
      <RecipeForm
        households={[]}
        recipe={recipe}
        workOf={(fields) => {
          const change = changeOfRecipe(recipe, fields);
          if (Object.keys(change).length === 0) return null;
          return { kind: "recipe", recipeId: recipe._id, edit: { kind: "change", change } };
        }}
        onDone={onDone}
        onCancel={onDone}
      />
    </>
  );
}

function meanwhile(before: Recipe, now: Recipe | null): string {
  if (!now) return "Somebody deleted this recipe while you were editing it.";
  if (now.updatedAt === before.updatedAt) return "";
  return "Somebody changed this recipe while you were editing it. Saving replaces what they wrote in the same fields.";
}
