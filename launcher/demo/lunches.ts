import type { DemoRecipe } from "./DemoRecipe.ts";

/** Soups, salads, and what is good cold the day after. */
export const LUNCHES: readonly DemoRecipe[] = [
  {
    title: "Tomato soup with basil",
    servings: 4,
    tags: ["soup", "vegetarian"],
    ingredients: [
      [1, "kg", "ripe tomatoes"],
      [1, "", "onion"],
      [2, "cloves", "garlic"],
      [500, "ml", "vegetable stock"],
      [100, "ml", "cream"],
      [null, "", "basil"],
    ],
    steps: [
      "Soften the chopped onion and garlic in a little oil.",
      "Add the tomatoes and the stock, and simmer for 20 minutes.",
      "Blend, stir in the cream, and serve with torn basil.",
    ],
  },
  {
    title: "Red lentil soup with lemon",
    servings: 6,
    tags: ["soup", "vegan", "freezes well"],
    ingredients: [
      [300, "g", "red lentils"],
      [2, "", "onions"],
      [3, "", "carrots"],
      [2, "tsp", "ground cumin"],
      [1.5, "l", "vegetable stock"],
      [1, "", "lemon"],
    ],
    steps: [
      "Soften the chopped onions and carrots with the cumin for 8 minutes.",
      "Add the rinsed lentils and the stock and simmer for 25 minutes.",
      "Blend half of it, and sharpen with lemon juice.",
    ],
  },
  {
    title: "Leek and potato soup",
    servings: 4,
    tags: ["soup", "vegetarian"],
    ingredients: [
      [3, "", "leeks"],
      [500, "g", "floury potatoes"],
      [40, "g", "butter"],
      [1, "l", "vegetable stock"],
      [150, "ml", "milk"],
    ],
    steps: [
      "Sweat the sliced leeks in the butter under a lid until soft.",
      "Add the diced potatoes and the stock and simmer for 20 minutes.",
      "Blend with the milk and season with plenty of pepper.",
    ],
  },
  {
    title: "Chicken noodle soup",
    servings: 4,
    tags: ["soup", "children"],
    ingredients: [
      [400, "g", "chicken thighs"],
      [1.5, "l", "chicken stock"],
      [2, "", "carrots"],
      [2, "sticks", "celery"],
      [150, "g", "egg noodles"],
      [0.5, "bunch", "parsley"],
    ],
    steps: [
      "Simmer the chicken in the stock for 25 minutes, lift it out and pull it apart.",
      "Cook the sliced vegetables in the stock for 8 minutes, then add the noodles.",
      "Put the chicken back and finish with parsley.",
    ],
  },
  {
    title: "Greek salad with warm bread",
    servings: 4,
    tags: ["salad", "vegetarian", "quick"],
    ingredients: [
      [600, "g", "tomatoes"],
      [1, "", "cucumber"],
      [1, "", "red onion"],
      [200, "g", "feta"],
      [100, "g", "black olives"],
      [4, "tbsp", "olive oil"],
      [1, "loaf", "bread"],
    ],
    steps: [
      "Cut the vegetables into pieces you would want to eat, and salt them.",
      "Add olives, oil and a spoon of vinegar, and lay the feta on top.",
      "Warm the bread in the oven for 5 minutes.",
    ],
  },
  {
    title: "Couscous with roast vegetables",
    servings: 4,
    tags: ["vegan", "lunchbox"],
    ingredients: [
      [250, "g", "couscous"],
      [2, "", "courgettes"],
      [2, "", "red peppers"],
      [1, "", "red onion"],
      [1, "tin", "chickpeas"],
      [1, "", "lemon"],
      [3, "tbsp", "olive oil"],
    ],
    steps: [
      "Roast the chopped vegetables with half of the oil at 210 °C for 30 minutes.",
      "Cover the couscous with hot water, and fluff it up after 5 minutes.",
      "Fold everything together with chickpeas, lemon and the rest of the oil.",
    ],
  },
  {
    title: "Cheese and ham toasties",
    servings: 4,
    tags: ["quick", "children"],
    ingredients: [
      [8, "slices", "bread"],
      [4, "slices", "ham"],
      [150, "g", "mature cheese"],
      [1, "tsp", "mustard"],
      [30, "g", "butter"],
    ],
    steps: [
      "Spread four slices with mustard and lay ham and grated cheese on them.",
      "Close, butter the outsides, and fry slowly on both sides until the cheese runs.",
    ],
  },
];
