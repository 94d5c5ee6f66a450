import type { Food } from "./Food.ts";
import { PAPER } from "./palette.ts";
import { blob, cut, line, oval, type Piece } from "./pieces.ts";

const LEAF = "M0,-100C75,-50 62,50 0,100C-62,50 -75,-50 0,-100Z";
const NEEDLES = [-78, -52, -26, 0, 26, 52, 78] as const;
const SWIRL = "M-100,20C-100,-100 100,-100 70,20C40,90 -50,70 -35,0C-20,-50 35,-35 20,15";

function leafOf(colour: string, rib: string): readonly Piece[] {
  return [cut(LEAF, colour), line("M0,-70V80", rib, 7)];
}

/** What is green and light, and what is strewn or poured on top. */
export const HERBS = {
  leaf: () => leafOf(PAPER.leaf, PAPER.deep),
  spinach: (dice) => (dice.next() > 0.5 ? leafOf(PAPER.deep, PAPER.leaf) : leafOf(PAPER.leaf, PAPER.deep)),
  sprig: () => [
    line("M0,100Q15,0 0,-100", PAPER.deep, 9),
    ...NEEDLES.flatMap((y, index) =>
      [-1, 1].map((side) =>
        oval(24, 7.5, index % 2 === 0 ? PAPER.leaf : PAPER.deep, side * 24, y, side * -38),
      ),
    ),
  ],
  dill: () => [
    line("M0,100V-100", PAPER.leaf, 6),
    ...NEEDLES.map((y) => line(`M-42,${y - 22}L0,${y}L42,${y - 22}`, PAPER.leaf, 6)),
  ],
  seed: (dice) => [oval(100, 50, dice.pick([PAPER.bone, PAPER.ink]))],
  swirl: () => [line(SWIRL, PAPER.cream, 16)],
  feta: (dice) => [blob(100, 0.16, "#fffdf6", dice), line("M-40,0L30,-30", PAPER.bone, 14)],
} as const satisfies Record<string, Food>;
