import { useSignal } from "@preact/signals";
import type { Recipe } from "../../protocol/recipe.ts";
import { IngredientList } from "./IngredientList.tsx";
import { RecipePicture } from "./RecipePicture.tsx";
import { ServingsStepper } from "./ServingsStepper.tsx";
import { Tags } from "./Tags.tsx";

/** A recipe to cook from. */
export function RecipeText({ recipe }: { readonly recipe: Recipe }) {
  const servings = useSignal(recipe.servings);
  return (
    <div class="recipe-text">
      {recipe.source && (
        <p class="hint">
          From {isAddress(recipe.source) ? <SourceLink url={recipe.source} /> : recipe.source}
        </p>
      )}
      <Tags tags={recipe.tags} />
      <RecipePicture recipe={recipe} />
      <div class="recipe-columns">
        <section class="card">
          <h2>Ingredients</h2>
          <ServingsStepper servings={servings} written={recipe.servings} />
          <IngredientList
            ingredients={recipe.ingredients}
            factor={servings.value / Math.max(recipe.servings, 1)}
          />
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
