import type { Food } from "./Food.ts";
import { PAPER } from "./palette.ts";
import { blob, box, cut, disc, line, oval } from "./pieces.ts";

const DRUMSTICK = "M-15,55C-105,35 -85,-100 0,-95C85,-100 105,35 15,55L13,105H-13Z";
const DRUMSTICK_LIGHT = "M-10,35C-75,15 -62,-78 2,-75C40,-75 40,10 -10,35Z";
const SALMON = "M-115,-50Q0,-85 120,-42Q135,0 115,45Q0,75 -110,50Q-135,0 -115,-50Z";
const FISH = "M-140,0C-80,-80 50,-75 90,-8L145,-50V50L90,8C50,75 -80,80 -140,0Z";

/** Meat, fish, eggs and what some eat instead. */
export const PROTEINS = {
  chicken: () => [
    cut(DRUMSTICK, PAPER.toast),
    cut(DRUMSTICK_LIGHT, PAPER.crust),
    cut("M-13,70h26v55h-26Z", PAPER.bone),
    disc(15, PAPER.bone, -12, 125),
    disc(15, PAPER.bone, 12, 125),
  ],
  steak: (dice) => [
    blob(100, 0.12, PAPER.cocoa, dice),
    blob(84, 0.12, PAPER.toast, dice),
    ...[-40, 0, 40].map((x) => line(`M${x - 30},45L${x + 30},-45`, PAPER.cocoa, 10)),
  ],
  sausage: () => [
    line("M-85,20Q0,-40 85,20", PAPER.brick, 52),
    line("M-70,8Q0,-44 70,8", PAPER.salmon, 7),
    ...[-45, 0, 45].map((x) => line(`M${x - 8},12L${x + 10},-22`, PAPER.cocoa, 8)),
  ],
  salmon: () => [
    cut(SALMON, PAPER.salmon),
    ...[-75, -30, 15, 60].map((x) => line(`M${x},-50Q${x + 42},0 ${x},46`, PAPER.blush, 10)),
  ],
  fish: () => [
    cut(FISH, PAPER.water),
    disc(9, PAPER.ink, -98, -10),
    line("M-70,-40Q-45,0 -70,40", "#6b848c", 8),
    ...[-20, 15, 50].map((x) => line(`M${x},-30Q${x + 18},0 ${x},30`, "#b7c8cc", 8)),
  ],
  prawn: () => [
    line("M-70,-20A72,72 0 1 1 10,70", PAPER.salmon, 44),
    ...["M49,10L90,18", "M27,42L50,77", "M41,-28L76,-52"].map((d) => line(d, PAPER.tomato, 8)),
  ],
  meatball: (dice) => [
    blob(100, 0.07, PAPER.toast, dice),
    blob(72, 0.1, "#bf8045", dice),
    disc(8, PAPER.leaf, 20, -10),
    disc(7, PAPER.leaf, -25, 20),
  ],
  egg: (dice) => [
    blob(100, 0.12, PAPER.cream, dice),
    disc(45, PAPER.saffron, 6, -4),
    line("M-16,-16A30,30 0 0 1 10,-30", PAPER.pith, 8),
  ],
  halfEgg: () => [oval(80, 100, PAPER.cream), disc(42, PAPER.saffron, 0, 15)],
  tofu: () => [box(160, 160, 16, PAPER.crust), box(112, 112, 10, PAPER.pith)],
  halloumi: () => [
    box(200, 124, 14, PAPER.pith),
    ...[-55, 0, 55].map((x) => line(`M${x - 22},40L${x + 22},-40`, PAPER.toast, 12)),
  ],
} as const satisfies Record<string, Food>;
