import type { Ingredient, RecipeFields } from "../protocol/recipe.ts";

/** What Doe's Household likes to cook. */
export const DEMO_RECIPES: readonly RecipeFields[] = [
  {
    title: "Tomato soup with basil",
    servings: 4,
    ingredients: [
      of(1, "kg", "ripe tomatoes"),
      of(1, "", "onion"),
      of(2, "cloves", "garlic"),
      of(500, "ml", "vegetable stock"),
      of(100, "ml", "cream"),
      some("basil"),
    ],
    steps: [
      "Soften the chopped onion and garlic in a little oil.",
      "Add the tomatoes and the stock, and simmer for 20 minutes.",
      "Blend, stir in the cream, and serve with torn basil.",
    ],
    tags: ["soup", "vegetarian"],
    image: null,
    source: null,
  },
  {
    title: "Overnight oats with berries",
    servings: 2,
    ingredients: [
      of(100, "g", "rolled oats"),
      of(250, "ml", "milk"),
      of(150, "g", "yoghurt"),
      of(200, "g", "mixed berries"),
      of(1, "tbsp", "honey"),
    ],
    steps: ["Stir oats, milk and yoghurt together and chill overnight.", "Top with berries and honey."],
    tags: ["breakfast", "vegetarian", "quick"],
    image: null,
    source: null,
  },
  {
    title: "Roast chicken with lemon potatoes",
    servings: 4,
    ingredients: [
      of(1.5, "kg", "chicken"),
      of(1, "kg", "waxy potatoes"),
      of(2, "", "lemons"),
      of(4, "sprigs", "thyme"),
      of(3, "tbsp", "olive oil"),
      some("salt"),
    ],
    steps: [
      "Heat the oven to 200 °C and toss the potatoes with oil, lemon juice and thyme.",
      "Salt the chicken, put a squeezed lemon inside, and set it on the potatoes.",
      "Roast for 75 minutes and let it rest for 10 before carving.",
    ],
    tags: ["sunday", "oven"],
    image: null,
    source: null,
  },
  {
    title: "Chickpea and spinach curry",
    servings: 4,
    ingredients: [
      of(2, "tins", "chickpeas"),
      of(300, "g", "spinach"),
      of(400, "ml", "coconut milk"),
      of(1, "", "onion"),
      of(2, "tbsp", "curry paste"),
      of(300, "g", "basmati rice"),
    ],
    steps: [
      "Fry the sliced onion until golden, then the curry paste for a minute.",
      "Add chickpeas and coconut milk and simmer for 15 minutes while the rice cooks.",
      "Fold in the spinach until it wilts.",
    ],
    tags: ["vegan", "quick"],
    image: null,
    source: null,
  },
  {
    title: "Salmon with dill and new potatoes",
    servings: 2,
    ingredients: [
      of(2, "", "salmon fillets"),
      of(500, "g", "new potatoes"),
      of(150, "g", "crème fraîche"),
      of(0.5, "bunch", "dill"),
      of(1, "", "lemon"),
    ],
    steps: [
      "Boil the potatoes in salted water.",
      "Bake the salmon at 180 °C for 12 minutes.",
      "Stir dill, lemon zest and crème fraîche together and serve with both.",
    ],
    tags: ["fish"],
    image: null,
    source: null,
  },
  {
    title: "Pancakes",
    servings: 3,
    ingredients: [
      of(250, "g", "flour"),
      of(3, "", "eggs"),
      of(500, "ml", "milk"),
      of(30, "g", "butter"),
      some("salt"),
    ],
    steps: [
      "Whisk flour, eggs, milk and a pinch of salt, and let the batter rest for 20 minutes.",
      "Fry thin pancakes in a little butter.",
    ],
    tags: ["breakfast", "children"],
    image: null,
    source: null,
  },
];

function of(quantity: number, unit: string, name: string): Ingredient {
  return { quantity, unit, name };
}

function some(name: string): Ingredient {
  return { quantity: null, unit: "", name };
}
