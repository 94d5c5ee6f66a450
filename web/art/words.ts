import type { FoodName } from "./foods.ts";
import { PAPER } from "./palette.ts";
import type { VesselName } from "./vessels.ts";

/** So many pieces of a food, each of a size in parts of the vessel's own. */
export interface Portion {
  readonly food: FoodName;
  readonly count: number;
  readonly size: number;
}

interface Recognised {
  readonly words: RegExp;
  readonly portions: readonly Portion[];
  /** When the food decides what it is served in. */
  readonly vessel?: VesselName;
  /** What it swims in. */
  readonly sauce?: string;
}

function portion(food: FoodName, count: number, size: number): Portion {
  return { food, count, size };
}

/** What words of a title stand for, English and German ones; large things first, what is strewn on them last. */
export const DISHES: readonly Recognised[] = [
  { words: /pizza/, portions: [portion("pizza", 1, 0.98)], vessel: "board" },
  {
    words: /pancake|crêpe|crepe|waffle|waffel|pfannkuchen/,
    portions: [portion("pancake", 3, 0.44), portion("berry", 9, 0.075)],
  },
  { words: /\bpies?\b|tart|quiche|crumble|kuchen/, portions: [portion("pie", 1, 0.96)], vessel: "board" },
  { words: /chicken|hähnchen|huhn|turkey|duck/, portions: [portion("chicken", 3, 0.34)] },
  { words: /salmon|trout|lachs/, portions: [portion("salmon", 2, 0.36)] },
  { words: /fish(?! taco)|\bcod\b|bream|haddock|fisch|tuna/, portions: [portion("fish", 2, 0.4)] },
  { words: /prawn|shrimp|garnele/, portions: [portion("prawn", 7, 0.17)] },
  { words: /meatball|köfte|kofta|polpett|frikadelle/, portions: [portion("meatball", 8, 0.17)] },
  { words: /sausage|wurst|hot ?dog|toad in/, portions: [portion("sausage", 4, 0.3)] },
  { words: /steak|beef|pork|lamb|schnitzel|burger|braten/, portions: [portion("steak", 2, 0.38)] },
  { words: /taco|fajita|quesadilla|burrito/, portions: [portion("taco", 3, 0.4)] },
  { words: /gyoza|dumpling|pierogi|ravioli|maultasche/, portions: [portion("gyoza", 7, 0.23)] },
  { words: /jacket/, portions: [portion("jacket", 2, 0.38), portion("sprig", 2, 0.2)] },
  {
    words: /shakshuka/,
    portions: [portion("egg", 4, 0.27), portion("leaf", 8, 0.1)],
    vessel: "pan",
    sauce: PAPER.tomato,
  },
  {
    words: /omelette|frittata|tortilla/,
    portions: [portion("egg", 1, 0.8), portion("sprig", 4, 0.18)],
    vessel: "pan",
  },
  {
    words: /spaghetti|linguine|tagliatelle|pasta|carbonara|puttanesca/,
    portions: [portion("nest", 1, 0.68)],
  },
  {
    words: /ramen|noodle|nudel|laksa|\bpho\b/,
    portions: [portion("nest", 1, 0.56), portion("halfEgg", 2, 0.2)],
    vessel: "bowl",
    sauce: PAPER.broth,
  },
  { words: /penne|rigatoni|lasagne|macaroni/, portions: [portion("penne", 16, 0.16)] },
  { words: /gnocchi/, portions: [portion("gnocchi", 14, 0.15)] },
  { words: /halloumi|paneer/, portions: [portion("halloumi", 5, 0.22)] },
  { words: /tofu/, portions: [portion("tofu", 7, 0.15)] },
  { words: /\brice|risotto|paella|pilaf|couscous|\breis/, portions: [portion("rice", 1, 0.62)] },
  {
    words: /toast|sandwich|bread|bruschetta|\bbrot/,
    portions: [portion("bread", 2, 0.44)],
    vessel: "board",
  },
  { words: /avocado|guacamole/, portions: [portion("avocado", 2, 0.27)] },
  { words: /\beggs?\b|\beier/, portions: [portion("egg", 2, 0.26)] },
  { words: /aubergine|moussaka|eggplant/, portions: [portion("aubergine", 5, 0.22)] },
  { words: /courgette|zucchini|ratatouille/, portions: [portion("courgette", 6, 0.17)] },
  { words: /(?<!jacket )potato|chips|mash|kartoffel/, portions: [portion("potato", 6, 0.19)] },
  { words: /mushroom|pilz/, portions: [portion("mushroom", 6, 0.19)] },
  { words: /broccoli|cauliflower/, portions: [portion("broccoli", 4, 0.22)] },
  { words: /tomato|tomate|caprese/, portions: [portion("tomato", 4, 0.2), portion("cherry", 4, 0.1)] },
  { words: /pepper|paprika/, portions: [portion("pepper", 4, 0.2)] },
  { words: /lemon|zitrone/, portions: [portion("lemon", 3, 0.18)] },
  { words: /carrot|karotte|möhre|vegetable|gemüse/, portions: [portion("carrot", 7, 0.12)] },
  { words: /sweetcorn|\bcorn\b|\bmais/, portions: [portion("sweetcorn", 16, 0.06)] },
  { words: /chickpea|hummus|falafel|kichererbse/, portions: [portion("chickpea", 16, 0.085)] },
  { words: /lentil|\bdh?al\b|linse/, portions: [portion("lentil", 22, 0.06)] },
  { words: /bean|chilli|bohne/, portions: [portion("bean", 10, 0.12)] },
  { words: /\bpeas?\b|greens|erbse/, portions: [portion("pea", 14, 0.065)] },
  { words: /feta|goat|mozzarella|caprese|cheese|käse/, portions: [portion("feta", 6, 0.11)] },
  { words: /onion|zwiebel/, portions: [portion("onion", 3, 0.17)] },
  { words: /\bpears?\b|birne/, portions: [portion("pear", 3, 0.3)] },
  { words: /(?<!pine)apple|apfel/, portions: [portion("apple", 3, 0.25)] },
  { words: /banana/, portions: [portion("banana", 5, 0.16)] },
  { words: /berr|granola|muesli|müsli|beere|\boats\b/, portions: [portion("berry", 10, 0.09)] },
  { words: /biscuit|cookie|keks|\bbars\b/, portions: [portion("biscuit", 6, 0.24)] },
  { words: /spinach|salad|pesto|spinat|salat/, portions: [portion("spinach", 8, 0.17)] },
  { words: /\bdill/, portions: [portion("dill", 3, 0.22)] },
  { words: /basil|\bmint\b|\bsage\b/, portions: [portion("leaf", 5, 0.14)] },
  { words: /sesame/, portions: [portion("seed", 14, 0.035)] },
  { words: /yog|cream|coconut|tahini|joghurt/, portions: [portion("swirl", 1, 0.34)] },
];

/** What a dish is served in when its food does not say. */
export const VESSEL_WORDS: readonly (readonly [RegExp, VesselName])[] = [
  [/soup|broth|chowder|suppe|eintopf/, "bowl"],
  [/curry|\bdh?al\b|stew|chilli|tagine|goulash|gulasch/, "bowl"],
  [/porridge|granola|muesli|müsli|\boats\b|yog|risotto|hummus|salad|salat/, "bowl"],
  [/roast|bake|gratin|lasagne|tray|moussaka|auflauf/, "tray"],
  [/\bpan\b|fried|paella|ratatouille/, "pan"],
];

/** What is in a bowl or a pan under the rest. */
export const SAUCE_WORDS: readonly (readonly [RegExp, string])[] = [
  [/tomato soup|chilli|bolognese|tikka|ratatouille|tomatensuppe/, PAPER.tomato],
  [/curry|\bdh?al\b|turmeric|pumpkin|squash|kürbis/, PAPER.curry],
  [/lentil|linse/, "#b97a3c"],
  [/mushroom|onion soup|pilz/, "#c3a37a"],
  [/\bpeas?\b|green|leek|pesto|lauch/, PAPER.herb],
  [/porridge|risotto|yog|hummus|oats|potato soup|kartoffelsuppe/, PAPER.bone],
  [/soup|broth|stew|suppe/, PAPER.broth],
  [/beet|berry soup/, PAPER.plum],
];

/** Where green is not wanted on top. */
export const COMPLETE: ReadonlySet<FoodName> = new Set<FoodName>([
  ...(["leaf", "sprig", "dill", "spinach", "berry", "biscuit", "pancake", "pie", "pizza"] as const),
  ...(["pear", "apple", "banana", "swirl"] as const),
]);

/** For a title in which no food is named. */
export const GARDEN: readonly FoodName[] = [
  "carrot",
  "onion",
  "courgette",
  "mushroom",
  "potato",
  "cherry",
  "pepper",
  "pea",
];
