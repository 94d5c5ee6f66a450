import "../styles/recipe.css";
import { useComputed, useSignal } from "@preact/signals";
import { useLocation } from "preact-iso/router";
import type { Recipe } from "../../protocol/recipe.ts";
import { readRecipe } from "../api/recipes.ts";
import { ConfirmButton } from "../components/ConfirmButton.tsx";
import { ConnectionBadge } from "../components/ConnectionBadge.tsx";
import { FailureNote } from "../components/FailureNote.tsx";
import { NothingHere } from "../components/NothingHere.tsx";
import { recipeForm } from "../components/formNames.ts";
import { lazyPart } from "../components/lazyPart.tsx";
import { RecipeText } from "../components/RecipeText.tsx";
import { RequireUser } from "../components/RequireUser.tsx";
import { useCookbook } from "../components/useCookbook.ts";
import { useLossNotice } from "../components/useLossNotice.ts";
import { usePageTitle } from "../components/usePageTitle.ts";
import { Waiting } from "../components/Waiting.tsx";
import { WithId } from "../components/WithId.tsx";
import { keptDraft } from "../device/drafts.ts";
import type { Cookbook } from "../store/Cookbook.ts";
import { currentEdits } from "../store/currentEdits.ts";
import { userId } from "../store/session.ts";

const RecipeEditor = lazyPart(async () => (await import("../components/RecipeEditor.tsx")).RecipeEditor);

/** One recipe, to read, change or delete. */
export function RecipePage() {
  return <WithId>{(id) => <RequireUser>{() => <KnownRecipe key={id} id={id} />}</RequireUser>}</WithId>;
}

function KnownRecipe({ id }: { readonly id: string }) {
  const { route } = useLocation();
  const cookbook = useCookbook();
  const { recipes, households } = cookbook;
  const recipe = useComputed(() => recipes.value?.find(({ _id }) => _id === id));
  /** The recipe as it was when its writing began: the form stays, whatever becomes of the recipe. */
  const edited = useSignal<Recipe | null>(null);
  const shown = recipe.value;
  function leave(recipeId: string): void {
    edited.value = null;
    if (recipeId !== id) route(`/recipes/${recipeId}`, true);
  }
  usePageTitle(shown?.title ?? "Recipe");
  useLossNotice(households);
  if (edited.value) {
    return <RecipeEditor recipe={edited.value} now={shown ?? null} onDone={leave} />;
  }
  if (shown) return <ReadRecipe cookbook={cookbook} recipe={shown} onEdit={() => (edited.value = shown)} />;
  if (households.failure.value) {
    return <FailureNote failure={households.failure.value} onRetry={() => void households.reload()} />;
  }
  return cookbook.topics.state.value === "live" && recipes.value ? (
    <NoRecipe id={id} onEdit={(kept) => (edited.value = kept)} />
  ) : (
    <Waiting />
  );
}

interface NoRecipeProps {
  readonly id: string;
  readonly onEdit: (recipe: Recipe) => void;
}

function NoRecipe({ id, onEdit }: NoRecipeProps) {
  const kept = keptDraft(userId.value, recipeForm(id));
  return (
    <>
      {kept && (
        <section class="narrow card" aria-label="Not finished">
          <p>What you were writing in this recipe is still here.</p>
          <button type="button" class="button" onClick={() => onEdit(readRecipe(kept.seen))}>
            Open it
          </button>
        </section>
      )}
      <NothingHere title="There is no such recipe">
        Somebody has deleted it, or it is not in a cookbook of yours. Dishes that were planned from it stay
        planned.
      </NothingHere>
    </>
  );
}

interface ReadRecipeProps {
  readonly cookbook: Cookbook;
  readonly recipe: Recipe;
  readonly onEdit: () => void;
}

function ReadRecipe({ cookbook, recipe, onEdit }: ReadRecipeProps) {
  const { route } = useLocation();
  const { topics } = cookbook;
  function confirm(): void {
    const edit = { kind: "remove", seen: recipe } as const;
    const work = { kind: "recipe", recipeId: recipe._id, edit } as const;
    void currentEdits.peek()?.add(work, recipe.title);
    route("/recipes");
  }
  return (
    <article class="recipe">
      <div class="page-header">
        <div class="page-title">
          <h1>{recipe.title}</h1>
          <ConnectionBadge stream={topics} />
        </div>
        <div class="actions">
          <button type="button" class="button primary" onClick={onEdit}>
            Edit
          </button>
          <ConfirmButton
            name="Delete"
            question="Delete this recipe for everybody?"
            busy={false}
            onConfirm={confirm}
          />
        </div>
      </div>
      <RecipeText recipe={recipe} />
    </article>
  );
}
