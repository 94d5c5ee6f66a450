import type { Recipe } from "../../protocol/recipe.ts";
import { changeRecipe } from "../api/recipes.ts";
import type { Cookbook } from "../store/Cookbook.ts";
import { RecipeForm } from "./RecipeForm.tsx";

interface RecipeEditorProps {
  readonly cookbook: Cookbook;
  /** The recipe as it was when the editing began. */
  readonly recipe: Recipe;
  /** As it is by now; `null` when it is gone. */
  readonly now: Recipe | null;
  readonly onDone: () => void;
}

/** Changing a recipe, while others may change it as well. */
export function RecipeEditor({ cookbook, recipe, now, onDone }: RecipeEditorProps) {
  return (
    <>
      <h1>Edit recipe</h1>
      <p class="hint" role="status">
        {meanwhile(recipe, now)}
      </p>
      <RecipeForm
        households={[]}
        recipe={recipe}
        onSend={(fields) => changeRecipe(recipe._id, fields)}
        onSaved={(saved) => {
          cookbook.saved(saved);
          onDone();
        }}
        onCancel={onDone}
      />
    </>
  );
}

function meanwhile(before: Recipe, now: Recipe | null): string {
  if (!now) return "Somebody deleted this recipe while you were editing it.";
  if (now.updatedAt === before.updatedAt) return "";
  return "Somebody changed this recipe while you were editing it. Saving replaces what they wrote.";
}
