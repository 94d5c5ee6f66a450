import type { DemoRecipe } from "./DemoRecipe.ts";

/** What the Does have in the morning. */
export const BREAKFASTS: readonly DemoRecipe[] = [
  {
    title: "Overnight oats with berries",
    servings: 2,
    tags: ["breakfast", "vegetarian", "quick"],
    ingredients: [
      [100, "g", "rolled oats"],
      [250, "ml", "milk"],
      [150, "g", "yoghurt"],
      [200, "g", "mixed berries"],
      [1, "tbsp", "honey"],
    ],
    steps: ["Stir oats, milk and yoghurt together and chill overnight.", "Top with berries and honey."],
  },
  {
    title: "Porridge with apple and cinnamon",
    servings: 2,
    tags: ["breakfast", "vegetarian", "quick"],
    ingredients: [
      [90, "g", "rolled oats"],
      [500, "ml", "milk"],
      [1, "", "apple"],
      [0.5, "tsp", "cinnamon"],
      [null, "", "brown sugar"],
    ],
    steps: [
      "Bring the oats and the milk to a simmer and stir for 5 minutes.",
      "Grate the apple and fold half of it in with the cinnamon.",
      "Serve with the rest of the apple and a little sugar.",
    ],
  },
  {
    title: "Pancakes",
    servings: 3,
    tags: ["breakfast", "children"],
    ingredients: [
      [250, "g", "flour"],
      [3, "", "eggs"],
      [500, "ml", "milk"],
      [30, "g", "butter"],
      [null, "", "salt"],
    ],
    steps: [
      "Whisk flour, eggs, milk and a pinch of salt, and let the batter rest for 20 minutes.",
      "Fry thin pancakes in a little butter.",
    ],
  },
  {
    title: "Shakshuka",
    servings: 4,
    tags: ["breakfast", "vegetarian", "sunday"],
    ingredients: [
      [2, "tins", "chopped tomatoes"],
      [1, "", "onion"],
      [1, "", "red pepper"],
      [2, "cloves", "garlic"],
      [2, "tsp", "ground cumin"],
      [6, "", "eggs"],
      [0.5, "bunch", "parsley"],
    ],
    steps: [
      "Soften the sliced onion and pepper in oil for 10 minutes, then add garlic and cumin.",
      "Add the tomatoes and cook until a spoon leaves a trail.",
      "Make six hollows, break an egg into each, cover, and cook for 6 minutes.",
      "Scatter with parsley and bring the pan to the table with bread.",
    ],
  },
  {
    title: "Cheese omelette with chives",
    servings: 2,
    tags: ["breakfast", "vegetarian", "quick"],
    ingredients: [
      [5, "", "eggs"],
      [60, "g", "mature cheese"],
      [15, "g", "butter"],
      [1, "bunch", "chives"],
    ],
    steps: [
      "Beat the eggs with a pinch of salt and the chopped chives.",
      "Cook in foaming butter, pulling the edge to the middle, until almost set.",
      "Scatter with the grated cheese, fold, and serve at once.",
    ],
  },
];
