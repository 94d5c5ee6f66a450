import type { Dice } from "./Dice.ts";
import { boxPath, line, round, type Piece } from "./pieces.ts";

/** A cloth, 200 by 200 and more around the origin. */
export interface Cloth {
  readonly ground: string;
  readonly pieces: readonly Piece[];
  /** In the dark it is dimmed less. */
  readonly isDeep: boolean;
}

interface Dye {
  readonly ground: string;
  readonly thread: string;
  readonly isDeep?: boolean;
  /** Too like some food to lie under it. */
  readonly like?: RegExp;
}

const RED = /tomato|pizza|salmon|prawn|shakshuka|chilli|lachs/;
const GREEN = /spinach|salad|\bpeas?\b|pesto|broccoli|avocado|salat/;
const YELLOW = /curry|lemon|\beggs?\b|pasta|spaghetti|\bdal\b|pancake|porridge/;

const DYES: readonly Dye[] = [
  { ground: "#d6dabf", thread: "#b7c197", like: GREEN },
  { ground: "#ebcbb0", thread: "#ddae8b", like: RED },
  { ground: "#f2dfb2", thread: "#e4c47e", like: YELLOW },
  { ground: "#dfcbd5", thread: "#c7a7b8" },
  { ground: "#c7d3d5", thread: "#a2b7bc" },
  { ground: "#e7dcc7", thread: "#d0be9f", like: YELLOW },
  { ground: "#55654f", thread: "#475640", isDeep: true, like: GREEN },
  { ground: "#94452f", thread: "#a95940", isDeep: true, like: RED },
  { ground: "#44546a", thread: "#53647c", isDeep: true },
  { ground: "#64425a", thread: "#75526b", isDeep: true },
];

const PATTERNS = [checks, stripes, edges, dots] as const;

/** As far as a cloth reaches: more than any frame shows. */
const REACH = 320;

/** The cloth for a dish: never of the colour of what is on it. */
export function clothFor(title: string, dice: Dice): Cloth {
  const text = title.toLowerCase();
  const dyes = DYES.filter(({ like }) => !like?.test(text));
  const dye = dyes[Math.floor(dice.next() * dyes.length)] ?? DYES[3];
  const { ground, thread, isDeep = false } = dye ?? { ground: "#dfcbd5", thread: "#c7a7b8" };
  return { ground, isDeep, pieces: dice.pick(PATTERNS)(thread) };
}

function checks(thread: string): readonly Piece[] {
  const colour = `${thread}80`;
  return [band(true, 15, 30, colour), band(false, 15, 30, colour)];
}

function stripes(thread: string): readonly Piece[] {
  return [band(true, 6, 24, `${thread}bf`), band(true, 2, 24, thread, 9)];
}

/** Like the hem of a kitchen towel. */
function edges(thread: string): readonly Piece[] {
  return [
    band(true, 8, REACH, thread, 210),
    band(true, 3, REACH, thread, 222),
    band(false, 8, REACH, thread, 230),
  ];
}

/** Lines of which only the round ends of no dash at all are seen. */
function dots(thread: string): readonly Piece[] {
  const rows = steps(13).map((y, row) => `M${(row % 2) * 13 - REACH},${y}H${REACH}`);
  return [{ ...line(rows.join(""), thread, 6), dash: "0 26" }];
}

/** Bands across or down, of a width and at distances. */
function band(isUpright: boolean, width: number, distance: number, colour: string, from = 0): Piece {
  const lines = steps(distance).map((at) =>
    isUpright
      ? `M${round(at + from)},${-REACH}h${width}v${2 * REACH}h${-width}Z`
      : `M${-REACH},${round(at + from)}h${2 * REACH}v${width}h${-2 * REACH}Z`,
  );
  return { d: lines.join(""), colour };
}

function steps(distance: number): readonly number[] {
  const count = Math.floor((2 * REACH) / distance);
  return Array.from({ length: count }, (_, index) => index * distance - REACH);
}

/** The whole of it, plain. */
export const CLOTH_OUTLINE = boxPath(2 * REACH, 2 * REACH, 0);
