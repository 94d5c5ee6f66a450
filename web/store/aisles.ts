import { AISLES, OTHER_AISLE } from "../../kitchen/aisles.ts";
import type { LineView } from "./lineViews.ts";

/** A part of the shop with what to get there. */
export interface Aisle {
  readonly name: string;
  readonly lines: readonly LineView[];
  /** How many are not ticked. */
  readonly left: number;
}

const USUAL: readonly string[] = [...Object.keys(AISLES), OTHER_AISLE];

/** All aisles as a household walks by them: in its own order, and behind that as most shops have them. */
export function walkOf(own: readonly string[]): readonly string[] {
  return [...new Set([...own, ...USUAL])];
}

/**
 * The lines by aisle. Within one the oldest is first: what comes later moves nothing that stands already.
 * @param walk the aisles in order (`walkOf`); others come behind.
 */
export function aislesOf(lines: readonly LineView[], walk: readonly string[]): readonly Aisle[] {
  const byName = Map.groupBy(lines, ({ line }) => line.aisle || OTHER_AISLE);
  return inOrder([...byName.keys()], walk).map((name) => {
    const own = (byName.get(name) ?? []).toSorted((a, b) => compareAge(a.line, b.line));
    return { name, lines: own, left: own.filter(({ line }) => !line.done).length };
  });
}

/** Names of aisles as one walks by them. */
export function inOrder(names: readonly string[], walk: readonly string[]): readonly string[] {
  const rank = (name: string) => (walk.includes(name) ? walk.indexOf(name) : walk.length);
  return names.toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

/**
 * The walk after an aisle was put in front of another one. Those that are not on the list now keep their
 * places among their neighbours.
 * @param shown the aisles on the page, in their order.
 * @param before the aisle in front of which it comes; `null` for the end.
 */
export function movedAisle(
  walk: readonly string[],
  shown: readonly string[],
  name: string,
  before: string | null,
): readonly string[] {
  const known = [...walk, ...shown.filter((one) => !walk.includes(one))];
  const others = known.filter((one) => one !== name);
  const lastShown = shown.findLast((one) => one !== name);
  const behindLast = lastShown === undefined ? others.length : others.indexOf(lastShown) + 1;
  return others.toSpliced(before === null ? behindLast : others.indexOf(before), 0, name);
}

/** In two columns as equally long as can be: how many of the aisles stand in the first. */
export function firstColumn(aisles: readonly Aisle[]): number {
  const heights = aisles.map(({ lines }) => lines.length + 1);
  const total = sum(heights);
  const differences = heights.map((_, index) => Math.abs(total - 2 * sum(heights.slice(0, index + 1))));
  return differences.indexOf(Math.min(...differences)) + 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function compareAge(a: LineView["line"], b: LineView["line"]): number {
  // Those that a plan has brought at once stand by name, like everything that nobody has put in an order.
  return a.createdAt.localeCompare(b.createdAt) || a.name.localeCompare(b.name) || a._id.localeCompare(b._id);
}
