import { computed, type ReadonlySignal } from "@preact/signals";
import type { Recipe } from "../../protocol/recipe.ts";
import { readRecipe } from "../api/recipes.ts";
import { topicUrl } from "../api/streams.ts";
import { currentEdits } from "./currentEdits.ts";
import { LiveItems } from "./LiveItems.ts";
import { LiveTopics, MANY } from "./LiveTopics.ts";
import type { MyHouseholds } from "./MyHouseholds.ts";
import { withRecipeEdits } from "./withRecipeEdits.ts";

/** The recipes of all of a user's households, live. */
export class Cookbook {
  /** `null` until they are known. */
  readonly recipes: ReadonlySignal<readonly Recipe[] | null>;
  readonly households: MyHouseholds;
  readonly topics: LiveTopics<Recipe>;
  readonly #watchHouseholds: () => () => void;

  /** @param watchHouseholds opens the streams of the households, which others may use as well. */
  constructor(userId: string, households: MyHouseholds, watchHouseholds: () => () => void) {
    this.households = households;
    this.#watchHouseholds = watchHouseholds;
    const keys = computed(() => households.list.value?.map(({ _id }) => _id) ?? null);
    this.topics = new LiveTopics(
      keys,
      (id) =>
        new LiveItems({
          url: topicUrl("recipes", id),
          tabGroup: `${userId}:recipes/${id}`,
          transport: MANY,
          parse: readRecipe,
          known: null,
        }),
    );
    this.recipes = computed(() => {
      const recipes = this.topics.items.value;
      const pending = currentEdits.value?.pending.value ?? [];
      return recipes && withRecipeEdits(recipes, pending, Date.now());
    });
  }

  /** Opens the streams. @returns closes them. */
  watch(): () => void {
    const closeHouseholds = this.#watchHouseholds();
    const closeRecipes = this.topics.watch();
    return () => {
      closeRecipes();
      closeHouseholds();
    };
  }
}
