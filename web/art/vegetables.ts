import type { Food } from "./Food.ts";
import { PAPER } from "./palette.ts";
import { around, blob, cut, disc, line, oval, polar, ring } from "./pieces.ts";

const MUSHROOM = "M-100,5C-100,-110 100,-110 100,5Q60,25 26,10L30,90H-30L-26,10Q-60,25 -100,5Z";
const BEAN = "M-100,0C-100,-90 100,-90 100,0C100,50 30,30 0,25C-30,20 -100,70 -100,0Z";

/** Roots, fruits and pods, in slices or whole. */
export const VEGETABLES = {
  tomato: () => [
    disc(100, PAPER.brick),
    disc(88, PAPER.tomato),
    ...around(3, (turn) => oval(22, 30, PAPER.salmon, ...polar(45, turn), turn)),
    ...around(3, (turn) => disc(6, PAPER.pith, ...polar(45, turn))),
  ],
  cherry: () => [disc(100, PAPER.tomato), line("M-50,-30A60,60 0 0 1 10,-60", PAPER.blush, 14)],
  potato: (dice) => [
    blob(100, 0.12, PAPER.crust, dice),
    blob(80, 0.1, PAPER.lemon, dice),
    disc(7, PAPER.crust, 20, -20),
    disc(6, PAPER.crust, -30, 15),
  ],
  jacket: () => [
    oval(125, 85, PAPER.toast),
    cut("M-95,0Q0,-75 95,0Q0,70 -95,0Z", PAPER.pith),
    cut("M-25,-22h50v42h-50Z", PAPER.lemon),
  ],
  chickpea: (dice) => [blob(100, 0.1, "#f4d596", dice), line("M0,-60Q25,0 0,50", "#c98f45", 15)],
  lentil: (dice) => [disc(100, dice.pick([PAPER.toast, PAPER.crust, PAPER.cocoa])), disc(45, PAPER.crust)],
  bean: () => [cut(BEAN, PAPER.brick), line("M-50,-25Q0,-50 40,-30", PAPER.salmon, 12)],
  pea: () => [disc(100, PAPER.leaf), disc(35, PAPER.herb, -25, -25)],
  mushroom: () => [
    cut(MUSHROOM, PAPER.bone),
    line("M-72,-12C-60,-75 60,-75 72,-12", PAPER.toast, 16),
    line("M0,-30V55", PAPER.crust, 10),
  ],
  carrot: () => [disc(100, PAPER.carrot), ring(78, "#e79a4c", 8), disc(55, PAPER.saffron)],
  pepper: (dice) => {
    const colour = dice.pick([PAPER.tomato, PAPER.saffron, PAPER.leaf]);
    return around(3, (turn) => bow(turn, colour));
  },
  onion: () => [ring(92, PAPER.plum, 12), ring(62, PAPER.rose, 10), ring(34, PAPER.rose, 8)],
  aubergine: () => [
    disc(100, PAPER.aubergine),
    disc(86, PAPER.bone),
    ...around(6, (turn) => disc(7, PAPER.crust, ...polar(45, turn))),
  ],
  courgette: () => [
    disc(100, PAPER.deep),
    disc(86, PAPER.pale),
    ...around(5, (turn) => oval(10, 5, PAPER.cream, ...polar(40, turn))),
  ],
  broccoli: () => [
    line("M0,100V0M0,30L-40,-20M0,30L40,-20", PAPER.herb, 26),
    disc(42, PAPER.deep, -45, -30),
    disc(42, PAPER.deep, 45, -30),
    disc(50, PAPER.leaf, 0, -50),
  ],
  sweetcorn: () => [disc(100, PAPER.lemon), disc(40, PAPER.pith, -20, -25)],
} as const satisfies Record<string, Food>;

/** One of the three bows of a slice of pepper. */
function bow(turn: number, colour: string) {
  const { d } = disc(48, colour, ...polar(42, turn - 90));
  return line(d, colour, 22);
}
