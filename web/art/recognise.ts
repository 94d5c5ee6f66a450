import type { Dice } from "./Dice.ts";
import type { VesselName } from "./vessels.ts";
import { COMPLETE, DISHES, GARDEN, SAUCE_WORDS, VESSEL_WORDS, type Portion } from "./words.ts";

/** More would be a heap. */
const MOST_PORTIONS = 5;
const GARDEN_KINDS = 3;

/** What a title's words make of it. */
export interface Meal {
  readonly vessel: VesselName;
  /** A colour; `null` for a dry dish. */
  readonly sauce: string | null;
  /** In the order in which they are laid. */
  readonly portions: readonly Portion[];
}

/** Reads a title. Where it names no food, something grows in the garden; where there is no title, there is none. */
export function recognise(title: string, dice: Dice): Meal {
  const text = title.toLowerCase();
  if (text.trim() === "") return { vessel: "plate", sauce: null, portions: [] };
  const found = DISHES.filter(({ words }) => words.test(text));
  const named = found.flatMap(({ portions }) => portions).slice(0, MOST_PORTIONS);
  const portions = named.length > 0 ? named : fromTheGarden(dice);
  return {
    vessel: found.find(({ vessel }) => vessel)?.vessel ?? lookUp(VESSEL_WORDS, text) ?? "plate",
    sauce: found.find(({ sauce }) => sauce)?.sauce ?? lookUp(SAUCE_WORDS, text),
    portions: portions.some(({ food }) => COMPLETE.has(food)) ? portions : [...portions, green(dice)],
  };
}

function lookUp<T>(words: readonly (readonly [RegExp, T])[], text: string): T | null {
  return words.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

function fromTheGarden(dice: Dice): readonly Portion[] {
  const left = [...GARDEN];
  return Array.from({ length: GARDEN_KINDS }, () => {
    const [food = "pea"] = left.splice(Math.floor(dice.next() * left.length), 1);
    return { food, count: Math.floor(dice.between(4, 7)), size: dice.between(0.13, 0.21) };
  });
}

function green(dice: Dice): Portion {
  return { food: dice.pick(["sprig", "leaf"]), count: 3, size: 0.14 };
}
