import { arrange, type Place } from "./arrange.ts";
import { clothFor, type Cloth } from "./cloths.ts";
import { Dice } from "./Dice.ts";
import { FOODS } from "./foods.ts";
import type { Piece } from "./pieces.ts";
import { recognise } from "./recognise.ts";
import { VESSELS, type Frame } from "./vessels.ts";

/** Food in its place. */
interface Laid extends Place {
  readonly pieces: readonly Piece[];
}

/** A dish, cut out of paper. The middle is the origin, and the vessel reaches 100 from there. */
export interface Drawing {
  readonly cloth: Cloth;
  readonly vessel: readonly Piece[];
  readonly food: readonly Laid[];
}

/** Longer titles are told apart by their beginning. */
const LONGEST = 300;

/**
 * Draws what a title says: its words choose the food and what it is served in, and the rest is thrown with dice that the
 * title loads. The same title is the same dish everywhere; nothing of the title itself gets into the drawing.
 */
export function drawDish(title: string, frame: Frame): Drawing {
  const text = title.slice(0, LONGEST);
  const dice = new Dice(text);
  const cloth = clothFor(text, dice);
  const { vessel, sauce, portions } = recognise(text, dice);
  const { pieces, room } = VESSELS[vessel]({ dice, frame, sauce, ground: cloth.ground });
  const places = arrange(portions, room, dice);
  const food = places.map((place) => ({ ...place, pieces: FOODS[place.food](dice) }));
  return { cloth, vessel: pieces, food };
}
