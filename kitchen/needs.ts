import { addTotals, type Total, totalOf } from "./addUp.ts";
import { nameKey, shopName } from "./nameKey.ts";
import { readIngredient } from "./readIngredient.ts";
import { scaleQuantity } from "./scaleAmount.ts";
import { rootOf, unitId } from "./units.ts";

/** A line of a recipe. */
export interface RecipeLine {
  readonly quantity: number | null;
  readonly unit: string;
  readonly name: string;
  /** As its author wrote it. */
  readonly text?: string | undefined;
}

/** A dish that somebody has planned. */
export interface PlannedDish {
  readonly title: string;
  /** For how many it is planned, by the number for whom the recipe is. */
  readonly factor: number;
  readonly ingredients: readonly RecipeLine[];
}

/** What dishes need of one thing. */
export interface Need {
  /** The same for what is added up: a name and a kind of units, or a text that can't be read. */
  readonly key: string;
  /** The name as the recipes have it, or the whole text as it was written. */
  readonly name: string;
  /** Empty for what can't be read. */
  readonly total: Total;
  /** The titles of the dishes, each once. */
  readonly dishes: readonly string[];
}

/**
 * Sums what dishes need, by ingredient and kind of unit. What can't be read stays as it was written, once for each text.
 * @param staples what is always in the pantry, by `nameKey`: it is left out.
 */
export function needsOf(dishes: readonly PlannedDish[], staples: ReadonlySet<string>): readonly Need[] {
  const needs = new Map<string, Need>();
  for (const dish of dishes) {
    for (const line of dish.ingredients) {
      if (staples.has(stapleKey(line))) continue;
      const need = needOf(line, dish);
      const earlier = needs.get(need.key);
      needs.set(need.key, earlier ? together(earlier, need) : need);
    }
  }
  return [...needs.values()].filter(({ name }) => name !== "");
}

/** Of two names for the same the longer one, which is the plural; that in small letters where they are as long. */
export function nameOfBoth(one: string, other: string): string {
  if (one.length !== other.length) return one.length > other.length ? one : other;
  return one > other ? one : other;
}

function needOf(line: RecipeLine, { title, factor }: PlannedDish): Need {
  const dishes = title === "" ? [] : [title];
  if (line.quantity === null || line.quantity <= 0) {
    const text = asWritten(line);
    return { key: `text ${folded(text)}`, name: text, total: new Map(), dishes };
  }
  return {
    key: `${rootOf(unitId(line.unit))} of ${nameKey(line.name)}`,
    name: shopName(line.name),
    total: totalOf(scaleQuantity(line.quantity, factor), line.unit),
    dishes,
  };
}

function together(one: Need, other: Need): Need {
  return {
    key: one.key,
    name: nameOfBoth(one.name, other.name),
    total: addTotals(one.total, other.total),
    dishes: [...new Set([...one.dishes, ...other.dishes])],
  };
}

function stapleKey(line: RecipeLine): string {
  return nameKey(line.quantity === null ? readIngredient(asWritten(line)).name : line.name);
}

function asWritten({ text, unit, name }: RecipeLine): string {
  return text?.trim() || [unit, name].filter((part) => part !== "").join(" ");
}

function folded(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase().replaceAll(/\s+/gu, " ");
}
