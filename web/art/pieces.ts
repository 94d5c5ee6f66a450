import type { Dice } from "./Dice.ts";

/** A piece of cut paper around the origin: an outline that is filled, or a line of some width. */
export interface Piece {
  /** An SVG path. */
  readonly d: string;
  readonly colour: string;
  /** Of a line; what is filled has none. */
  readonly width?: number;
  /** Of a line that is not whole: as SVG has it. */
  readonly dash?: string;
  /** Where its own origin lies; at the origin when it is not said. */
  readonly at?: readonly [number, number];
}

/** A closed outline. */
export function cut(d: string, colour: string): Piece {
  return { d, colour };
}

export function line(d: string, colour: string, width: number): Piece {
  return { d, colour, width };
}

export function disc(radius: number, colour: string, x = 0, y = 0): Piece {
  return cut(circle(radius, x, y), colour);
}

export function ring(radius: number, colour: string, width: number): Piece {
  return line(circle(radius, 0, 0), colour, width);
}

/** @param turn of its longer half, in degrees. */
export function oval(rx: number, ry: number, colour: string, x = 0, y = 0, turn = 0): Piece {
  const [dx, dy] = polar(rx, turn);
  const way = `${round(rx)},${round(ry)} ${round(turn)} 1 0`;
  const [far, near] = [`${round(2 * dx)},${round(2 * dy)}`, `${round(-2 * dx)},${round(-2 * dy)}`];
  return cut(`M${round(x - dx)},${round(y - dy)}a${way} ${far}a${way} ${near}Z`, colour);
}

/** A box around the origin with round corners. */
export function box(width: number, height: number, corner: number, colour: string): Piece {
  return cut(boxPath(width, height, corner), colour);
}

/** The outline of a box around the origin. */
export function boxPath(width: number, height: number, corner: number): string {
  const [across, down] = [round(width - 2 * corner), round(height - 2 * corner)];
  const turn = (x: number, y: number) => `a${corner},${corner} 0 0 1 ${x * corner},${y * corner}`;
  return [
    `M${round(corner - width / 2)},${round(-height / 2)}h${across}${turn(1, 1)}v${down}${turn(-1, 1)}`,
    `h${-across}${turn(-1, -1)}v${-down}${turn(1, -1)}Z`,
  ].join("");
}

/** Round about: no two potatoes are alike. @param dice how far each corner is out of round. */
export function blob(radius: number, wobble: number, colour: string, dice: Dice): Piece {
  const corners = around(8, (turn) => polar(radius * (1 - wobble + dice.next() * wobble * 2), turn));
  const middles = corners.map((corner, index) =>
    middle(corner, corners[(index + 1) % corners.length] ?? corner),
  );
  const bends = corners.map((corner, index) => `Q${pair(corner)} ${pair(middles[index] ?? corner)}`);
  return cut(`M${pair(middles.at(-1) ?? [0, 0])}${bends.join("")}Z`, colour);
}

/** The same several times, at equal distances around the origin. @param each is given degrees. */
export function around<T>(count: number, each: (turn: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => each((index * 360) / count));
}

/** A place at a distance from the origin, in a direction of so many degrees. */
export function polar(radius: number, turn: number): readonly [number, number] {
  const angle = (turn * Math.PI) / 180;
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/** A tenth is finer than anybody sees. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A place as a path has it. */
export function pair([x, y]: readonly [number, number]): string {
  return `${round(x)},${round(y)}`;
}

function circle(radius: number, x: number, y: number): string {
  const r = round(radius);
  return `M${round(x - radius)},${round(y)}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0Z`;
}

function middle(a: readonly [number, number], b: readonly [number, number]): readonly [number, number] {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}
