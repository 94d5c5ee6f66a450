import type { Dice } from "./Dice.ts";
import { polar } from "./pieces.ts";
import type { Portion } from "./words.ts";

/** A piece of food in its place. `size` is from its middle to its edge, `turn` in degrees. */
export interface Place {
  readonly food: Portion["food"];
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly turn: number;
}

/** How often a place is tried, so that nothing clumps. */
const TRIES = 24;

/** How much of the vessel is to be covered, and how far food may be made larger or smaller for it. */
const COVER = 0.8;
const SMALLEST = 0.85;
const LARGEST = 1.9;

/** A single thing of this size is the dish, and the rest lies on it. */
const WHOLE = 0.5;

/** Lays food into a room, large things first and each where most room is left. */
export function arrange(
  portions: readonly Portion[],
  room: readonly [number, number],
  dice: Dice,
): readonly Place[] {
  const growth = growthOf(portions);
  const laid: Place[] = [];
  for (const { food, count, size } of portions) {
    const radius = size * Math.sqrt(room[0] * room[1]) * growth;
    for (let piece = 0; piece < count; piece++) {
      const isWhole = count === 1 && size > WHOLE;
      const [x, y] = isWhole && laid.length === 0 ? [0, 0] : freest(laid, radius, room, dice);
      laid.push({ food, x, y, size: radius, turn: isWhole ? -12 : dice.between(0, 360) });
    }
  }
  return laid;
}

function growthOf(portions: readonly Portion[]): number {
  const [first] = portions;
  if (first && first.count === 1 && first.size > WHOLE) return 1;
  const covered = portions.reduce((sum, { count, size }) => sum + count * size * size, 0);
  return Math.max(SMALLEST, Math.min(LARGEST, Math.sqrt(COVER / covered)));
}

function freest(
  laid: readonly Place[],
  radius: number,
  room: readonly [number, number],
  dice: Dice,
): readonly [number, number] {
  const tries = Array.from({ length: TRIES }, () => {
    const [x, y] = polar(Math.sqrt(dice.next()), dice.between(0, 360));
    return [x * inside(room[0], radius), y * inside(room[1], radius)] as const;
  });
  const gaps = tries.map((place) => gapAt(place, radius, laid));
  return tries[gaps.indexOf(Math.max(...gaps))] ?? [0, 0];
}

function inside(room: number, radius: number): number {
  return Math.max(0, room - radius * 0.92);
}

/** How far a piece would be from what lies there; on an empty plate, how near to the middle. */
function gapAt([x, y]: readonly [number, number], radius: number, laid: readonly Place[]): number {
  if (laid.length === 0) return -Math.hypot(x, y);
  const gaps = laid.map((other) => {
    const reach = other.size > WHOLE * 76 ? other.size * 0.62 : other.size;
    return Math.hypot(other.x - x, other.y - y) - reach - radius;
  });
  return Math.min(...gaps);
}
