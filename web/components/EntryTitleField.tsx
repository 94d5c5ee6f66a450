import { useComputed, type Signal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import type { Recipe } from "../../protocol/recipe.ts";
import { findRecipes, fold } from "../store/findRecipes.ts";
import { hasWordStart } from "../store/wordStart.ts";
import { Field } from "./Field.tsx";
import { optionId, RecipeSuggestions } from "./RecipeSuggestions.tsx";
import { useCookbook } from "./useCookbook.ts";
import { useMark } from "./useMark.ts";

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
  const found = useComputed(() => suggestionsFor(recipes.value ?? [], title.value));
  const chosen = all.find(({ _id }) => _id === recipeId.value);
  const offered = chosen ? [] : found.value;
  const mark = useMark();
  const list = useId();

  function choose(recipe: Recipe): void {
    title.value = recipe.title;
    recipeId.value = recipe._id;
    servings.value = String(recipe.servings);
    mark.set(-1);
    input.current?.focus();
  }

  function type(text: string): void {
    title.value = text;
    // Typing a recipe's whole name means that recipe; typing anything else means what was typed.
    const named = all.find((recipe) => fold(recipe.title) === fold(text.trim()));
    recipeId.value = named?._id ?? "";
    if (named && servings.value === "") servings.value = String(named.servings);
    const [first] = found.peek();
    mark.set(first && !named && hasWordStart(first.title, text) ? 0 : -1);
  }

  function press(event: KeyboardEvent): void {
    const marked = offered[mark.index.peek()];
    if (mark.follow(event.key, offered.length)) event.preventDefault();
    if (event.key !== "Enter" || !marked || event.isComposing) return;
    event.preventDefault();
    choose(marked);
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
            role="combobox"
            aria-expanded={offered.length > 0}
            aria-controls={list}
            aria-autocomplete="list"
            aria-activedescendant={mark.index.value < 0 ? undefined : optionId(list, mark.index.value)}
            onInput={(event) => type(event.currentTarget.value)}
            onKeyDown={press}
          />
        )}
      </Field>
      {households.failure.value && <p class="hint">Your recipes can't be read right now.</p>}
      <RecipeSuggestions id={list} recipes={offered} marked={mark.index.value} onChoose={choose} />
    </>
  );
}

/** Those whose titles have a word that begins so come first. */
function suggestionsFor(recipes: readonly Recipe[], typed: string): readonly Recipe[] {
  const found = findRecipes(recipes, typed);
  const likely = found.filter(({ title }) => hasWordStart(title, typed));
  return [...new Set([...likely, ...found])].slice(0, SUGGESTIONS);
}
