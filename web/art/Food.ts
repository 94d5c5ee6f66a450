import type { Dice } from "./Dice.ts";
import type { Piece } from "./pieces.ts";

/** Cuts one piece of food: around the origin, 100 from there to its edge. The lowest paper comes first. */
export type Food = (dice: Dice) => readonly Piece[];
