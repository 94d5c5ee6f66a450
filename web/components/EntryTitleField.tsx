import { useComputed, type Signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Recipe } from "../../protocol/recipe.ts";
import { findRecipes, fold } from "../store/findRecipes.ts";
import { Field } from "./Field.tsx";
import { useCookbook } from "./useCookbook.ts";

const SUGGESTIONS = 6;

interface EntryTitleFieldProps {
  readonly title: Signal<string>;
  /** Empty for a dish without a recipe. */
  readonly recipeId: Signal<string>;
  readonly servings: Signal<string>;
}

/** What there is to eat: one of the recipes, found by typing, or simply what was typed. */
export function EntryTitleField({ title, recipeId, servings }: EntryTitleFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const { recipes, households } = useCookbook();
  const all = recipes.value ?? [];
  const found = useComputed(() => findRecipes(recipes.value ?? [], title.value).slice(0, SUGGESTIONS));
  const chosen = all.find(({ _id }) => _id === recipeId.value);

  function choose(recipe: Recipe): void {
    title.value = recipe.title;
    recipeId.value = recipe._id;
    servings.value = String(recipe.servings);
    // The button that was pressed is about to go.
    input.current?.focus();
  }

  function type(text: string): void {
    title.value = text;
    // Typing a recipe's whole name means that recipe; typing anything else means what was typed.
    const named = all.find((recipe) => fold(recipe.title) === fold(text.trim()));
    recipeId.value = named?._id ?? "";
    if (named && servings.value === "") servings.value = String(named.servings);
  }

  return (
    <>
      <Field
        label="Dish"
        name="title"
        failure={null}
        hint={chosen ? "From your recipes." : "Type a dish, or choose a recipe."}
      >
        {(control) => (
          <input
            {...control}
            ref={input}
            type="text"
            required
            autocomplete="off"
            maxLength={200}
            pattern=".*\S.*"
            value={title.value}
            onInput={(event) => type(event.currentTarget.value)}
          />
        )}
      </Field>
      {households.failure.value && <p class="hint">Your recipes can't be read right now.</p>}
      {!chosen && <Suggestions recipes={found.value} onChoose={choose} />}
    </>
  );
}

interface SuggestionsProps {
  readonly recipes: readonly Recipe[];
  readonly onChoose: (recipe: Recipe) => void;
}

function Suggestions({ recipes, onChoose }: SuggestionsProps) {
  if (recipes.length === 0) return null;
  return (
    <ul class="suggestions" aria-label="Recipes">
      {recipes.map((recipe) => (
        <li key={recipe._id}>
          <button type="button" class="suggestion" onClick={() => onChoose(recipe)}>
            {recipe.title}
          </button>
        </li>
      ))}
    </ul>
  );
}
