import type { Food } from "./Food.ts";
import { FRUITS } from "./fruits.ts";
import { GRAINS } from "./grains.ts";
import { HERBS } from "./herbs.ts";
import { PROTEINS } from "./proteins.ts";
import { VEGETABLES } from "./vegetables.ts";

const ALL = { ...HERBS, ...FRUITS, ...VEGETABLES, ...PROTEINS, ...GRAINS };

/** What can be put on a plate. */
export type FoodName = keyof typeof ALL;

export const FOODS: Readonly<Record<FoodName, Food>> = ALL;
