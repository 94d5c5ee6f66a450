import type { Food } from "./Food.ts";
import { PAPER } from "./palette.ts";
import { around, blob, box, cut, disc, line, oval, polar, ring, round, type Piece } from "./pieces.ts";

const SLICE = "M-90,-20C-120,-95 120,-95 90,-20V85H-90Z";
const CRUMB = "M-74,-16C-100,-76 100,-76 74,-16V70H-74Z";
const GYOZA = "M-100,35A100,95 0 0 1 100,35Q0,70 -100,35Z";

function lattice(step: number): readonly Piece[] {
  const [place, reach] = [step * 33, 78 - Math.abs(step) * 14];
  return [
    line(`M${place},${-reach}V${reach}`, PAPER.lemon, 11),
    line(`M${-reach},${place}H${reach}`, "#ebc589", 11),
  ];
}

/** A leaf is cut for 100: on a pizza it is smaller. */
function basil(turn: number): Piece {
  const [x, y] = polar(34, turn);
  const [dx, dy] = polar(15, turn);
  const side = polar(9, turn + 90);
  const [left, right] = [1, -1].map((way) => `${round(x + side[0] * way)},${round(y + side[1] * way)}`);
  const [from, to] = [`${round(x - dx)},${round(y - dy)}`, `${round(x + dx)},${round(y + dy)}`];
  return cut(`M${from}Q${left} ${to}Q${right} ${from}Z`, PAPER.leaf);
}

/** Pasta, rice, dough and what is baked of it. */
export const GRAINS = {
  nest: (dice) => [
    disc(100, PAPER.lemon),
    ...[95, 80, 64, 49, 33, 18].map((radius, index) =>
      ring(radius - dice.between(0, 4), index % 2 === 0 ? PAPER.saffron : PAPER.crust, 5),
    ),
    line("M-60,-20Q0,-50 62,10M-50,40Q10,10 58,44", PAPER.pith, 6),
  ],
  penne: (dice) => [
    box(200, 60, 12, dice.pick([PAPER.lemon, PAPER.crust])),
    line("M-70,0H70", PAPER.pith, 10),
  ],
  gnocchi: () => [
    oval(100, 72, PAPER.pith),
    ...[-40, 0, 40].map((x) => line(`M${x},-40V40`, PAPER.crust, 10)),
  ],
  rice: (dice) => [
    blob(100, 0.08, PAPER.cream, dice),
    ...Array.from({ length: 26 }, () => {
      const [x, y] = polar(85 * Math.sqrt(dice.next()), dice.between(0, 360));
      return oval(8.5, 3.5, "#e6d8b4", x, y, dice.between(0, 180));
    }),
  ],
  bread: () => [cut(SLICE, PAPER.toast), cut(CRUMB, "#f0d39a")],
  pancake: () => [
    disc(100, PAPER.toast),
    disc(90, PAPER.crust),
    disc(66, "#e3af6c"),
    cut("M-22,-14L14,-24L24,12L-12,22Z", PAPER.lemon),
  ],
  pizza: () => [
    disc(100, PAPER.toast),
    disc(90, PAPER.tomato),
    disc(82, "#ebc06a"),
    line("M-82,0H82M-41,-71L41,71M-41,71L41,-71", PAPER.brick, 2),
    ...around(6, (turn) => disc(12, PAPER.tomato, ...polar(58, turn + 30))),
    ...around(3, (turn) => basil(turn + 20)),
  ],
  pie: () => [disc(100, PAPER.toast), disc(90, PAPER.crust), ...[-2, -1, 0, 1, 2].flatMap(lattice)],
  taco: () => [
    cut("M-100,30A100,100 0 0 1 100,30Z", PAPER.saffron),
    ...[-60, -20, 20, 60].map((x, index) => disc(20, index % 2 === 0 ? PAPER.tomato : PAPER.leaf, x, 28)),
    cut("M-100,42A100,92 0 0 1 100,42Z", PAPER.lemon),
    ...[-40, 10, 45].map((x, index) => disc(6, PAPER.crust, x, 15 - index * 12)),
  ],
  gyoza: () => [
    cut(GYOZA, PAPER.pith),
    ...[-54, -27, 0, 27, 54].map((x) => line(`M${x},${Math.abs(x) / 3 - 35}L${x * 1.1},2`, PAPER.crust, 8)),
  ],
  biscuit: (dice) => [
    blob(100, 0.05, PAPER.crust, dice),
    disc(13, PAPER.cocoa),
    ...around(4, (turn) => disc(13, PAPER.cocoa, ...polar(52, turn + dice.between(0, 40)))),
  ],
} as const satisfies Record<string, Food>;
