import type { Ingredient, Recipe } from "../../protocol/recipe.ts";
import { Tags } from "./Tags.tsx";
import { RecipePicture } from "./RecipePicture.tsx";
import { quantityText } from "../store/recipeDraft.ts";

/** A recipe to cook from. */
export function RecipeText({ recipe }: { readonly recipe: Recipe }) {
  return (
    <div class="recipe-text">
      <p class="hint">
        Serves {recipe.servings}
        {recipe.source && (
          <> · From {isAddress(recipe.source) ? <SourceLink url={recipe.source} /> : recipe.source}</>
        )}
      </p>
      <Tags tags={recipe.tags} />
      <RecipePicture recipe={recipe} />
      <div class="recipe-columns">
        <section class="card">
          <h2>Ingredients</h2>
          {recipe.ingredients.length === 0 && <p class="empty">None written down.</p>}
          <ul class="ingredients">
            {recipe.ingredients.map((ingredient, index) => (
              <li key={index}>
                <span class="quantity">{amount(ingredient)}</span> {ingredient.name}
              </li>
            ))}
          </ul>
        </section>
        <section class="card">
          <h2>Steps</h2>
          {recipe.steps.length === 0 && <p class="empty">None written down.</p>}
          <ol class="steps">
            {recipe.steps.map((step, index) => (
              <li key={index}>{step}</li>
            ))}
          </ol>
        </section>
      </div>
    </div>
  );
}

function SourceLink({ url }: { readonly url: string }) {
  return (
    <a href={url} rel="noreferrer" target="_blank">
      {new URL(url).hostname}
    </a>
  );
}

/** Only web addresses become links: what somebody typed must not run. */
function isAddress(source: string): boolean {
  return /^https?:\/\//i.test(source) && URL.canParse(source);
}

function amount({ quantity, unit }: Ingredient): string {
  return [quantityText(quantity), unit].filter(Boolean).join(" ");
}
