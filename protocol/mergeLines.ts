import { type Hunk, hunksOf } from "./hunks.ts";

/**
 * Merges what two people made of the same list, line by line. What both changed in the same way counts once. Lines that
 * both added at one place all stay, those of `theirs` first. Pure, for the server and the page.
 * @param base the list that both began with.
 * @param textOf equal for lines that are equal.
 * @returns `null` when both changed the same lines differently.
 */
export function mergeLines<Line>(
  base: readonly Line[],
  mine: readonly Line[],
  theirs: readonly Line[],
  textOf: (line: Line) => string,
): readonly Line[] | null {
  const [their, my] = [hunksOf(base, theirs, textOf), hunksOf(base, mine, textOf)];
  const parts: (readonly Line[])[] = [];
  let at = 0;
  while (their.length + my.length > 0) {
    const hunk = takeNext(their, my, textOf);
    if (hunk === null) return null;
    parts.push(base.slice(at, hunk.from), hunk.lines);
    at = hunk.to;
  }
  return [...parts, base.slice(at)].flat() as readonly Line[];
}

/** Takes the next hunk off a queue, or one off both that says what both say; `null` when they can't both be had. */
function takeNext<Line>(
  theirs: Hunk<Line>[],
  mine: Hunk<Line>[],
  textOf: (line: Line) => string,
): Hunk<Line> | null {
  const [one, other] = [theirs[0], mine[0]];
  if (!other || (one && isBefore(one, other))) return theirs.shift() ?? null;
  if (!one || isBefore(other, one)) return mine.shift() ?? null;
  theirs.shift();
  mine.shift();
  return together(one, other, textOf);
}

function together<Line>(
  one: Hunk<Line>,
  other: Hunk<Line>,
  textOf: (line: Line) => string,
): Hunk<Line> | null {
  const onlyAdd = one.from === one.to && other.from === other.to;
  if (onlyAdd) return { ...one, lines: union(one.lines, other.lines, textOf) };
  return isSame(one, other, textOf) ? one : null;
}

/** Lines that are added where the other's lines begin come before them; where they end, after. */
function isBefore<Line>(one: Hunk<Line>, other: Hunk<Line>): boolean {
  return one.to <= other.from && one.from < other.to;
}

function isSame<Line>(one: Hunk<Line>, other: Hunk<Line>, textOf: (line: Line) => string): boolean {
  if (one.from !== other.from || one.to !== other.to || one.lines.length !== other.lines.length) return false;
  return one.lines.every((line, index) => textOf(line) === textOf(other.lines[index] ?? line));
}

/** All lines of both, those in common once. */
function union<Line>(
  one: readonly Line[],
  other: readonly Line[],
  textOf: (line: Line) => string,
): readonly Line[] {
  const parts: (readonly Line[])[] = [];
  let at = 0;
  for (const { to, lines } of hunksOf(one, other, textOf)) {
    parts.push(one.slice(at, to), lines);
    at = to;
  }
  return [...parts, one.slice(at)].flat() as readonly Line[];
}
