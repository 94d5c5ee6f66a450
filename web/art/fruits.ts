import type { Food } from "./Food.ts";
import { PAPER } from "./palette.ts";
import { around, cut, disc, oval, pair, polar } from "./pieces.ts";

const PEAR = "M0,-100C40,-100 30,-30 60,10A66,62 0 1 1 -60,10C-30,-30 -40,-100 0,-100Z";
const PEAR_FLESH = "M0,-82C27,-82 20,-20 46,14A52,50 0 1 1 -46,14C-20,-20 -27,-82 0,-82Z";
const PIP = "M0,22q14,20 0,34q-14,-14 0,-34Z";
const AVOCADO = "M0,-100C50,-100 85,-10 75,35A76,76 0 0 1 -75,35C-85,-10 -50,-100 0,-100Z";
const AVOCADO_FLESH = "M0,-84C40,-84 68,-10 60,33A61,61 0 0 1 -60,33C-68,-10 -40,-84 0,-84Z";

function lemonPiece(turn: number) {
  const [tip, from, to] = [polar(14, turn), polar(76, turn - 18), polar(76, turn + 18)];
  return cut(`M${pair(tip)}L${pair(from)}A78,78 0 0 1 ${pair(to)}Z`, PAPER.lemon);
}

/** In slices and halves, or whole where they are small. */
export const FRUITS = {
  lemon: () => [disc(100, PAPER.saffron), disc(88, PAPER.pith), ...around(8, lemonPiece)],
  apple: () => [
    disc(100, PAPER.tomato),
    disc(84, PAPER.cream),
    ...around(5, (turn) => oval(14, 7, PAPER.cocoa, ...polar(26, turn), turn)),
  ],
  pear: () => [cut(PEAR, PAPER.herb), cut(PEAR_FLESH, PAPER.cream), cut(PIP, PAPER.cocoa)],
  banana: () => [
    disc(100, PAPER.lemon),
    disc(82, PAPER.pith),
    ...around(3, (turn) => disc(7, PAPER.toast, ...polar(22, turn))),
  ],
  berry: (dice) => [disc(100, dice.pick([PAPER.berry, PAPER.plum])), disc(28, "#b9a4d0", -20, -25)],
  avocado: () => [cut(AVOCADO, PAPER.deep), cut(AVOCADO_FLESH, PAPER.pale), disc(33, PAPER.toast, 0, 28)],
} as const satisfies Record<string, Food>;
