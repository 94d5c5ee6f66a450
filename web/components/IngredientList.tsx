import { ingredientLine } from "../../kitchen/ingredientLine.ts";
import { scaleLine } from "../../kitchen/scaleLine.ts";
import type { Ingredient } from "../../protocol/recipe.ts";

interface IngredientListProps {
  readonly ingredients: readonly Ingredient[];
  /** How many times as much as the recipe says. */
  readonly factor: number;
}

/** What to have at hand: each line as it was written, or so many times as much of it where that can be told. */
export function IngredientList({ ingredients, factor }: IngredientListProps) {
  if (ingredients.length === 0) return <p class="empty">None written down.</p>;
  return (
    <ul class="ingredients">
      {ingredients.map((ingredient, index) => {
        const { amount, rest } = scaleLine(ingredientLine(ingredient), factor);
        return (
          <li key={index} dir="auto">
            {amount && <span class="quantity">{amount}</span>} {rest}
          </li>
        );
      })}
    </ul>
  );
}
