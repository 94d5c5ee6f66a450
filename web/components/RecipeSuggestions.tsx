import { useEffect, useRef } from "preact/hooks";
import type { Recipe } from "../../protocol/recipe.ts";

interface RecipeSuggestionsProps {
  /** Of the list, for the field to which it belongs. */
  readonly id: string;
  readonly recipes: readonly Recipe[];
  /** Which of them Enter would take; -1 for none. */
  readonly marked: number;
  readonly onChoose: (recipe: Recipe) => void;
}

/** What could be meant. The focus stays in the field, so these are options and no buttons. */
export function RecipeSuggestions({ id, recipes, marked, onChoose }: RecipeSuggestionsProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.children[marked]?.scrollIntoView({ block: "nearest" }), [marked]);
  return (
    <ul
      ref={list}
      id={id}
      class="suggestions"
      role="listbox"
      aria-label="Recipes"
      hidden={recipes.length === 0}
    >
      {recipes.map((recipe, index) => (
        <li
          key={recipe._id}
          id={optionId(id, index)}
          class="suggestion"
          role="option"
          aria-selected={index === marked}
          onClick={() => onChoose(recipe)}
        >
          {recipe.title}
        </li>
      ))}
    </ul>
  );
}

/** Of one of the options of a list. */
export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}
