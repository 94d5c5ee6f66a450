/** A change of a list: the lines from `from` up to, but without, `to` became `lines`. */
export interface Hunk<Line> {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly Line[];
}

/** The most cells of a table by which lists are compared. What is longer counts as changed from end to end. */
const MOST_CELLS = 4_000_000;

/** What makes `next` of `base`, in order. As many lines that take the place of as many are a hunk each. */
export function hunksOf<Line>(
  base: readonly Line[],
  next: readonly Line[],
  textOf: (line: Line) => string,
): Hunk<Line>[] {
  const [before, after] = [base.map(textOf), next.map(textOf)];
  const hunks: Hunk<Line>[] = [];
  let [from, start] = [0, 0];
  for (const [kept, index] of [...commonLines(before, after), [base.length, next.length] as const]) {
    hunks.push({ from, to: kept, lines: next.slice(start, index) });
    [from, start] = [kept + 1, index + 1];
  }
  return hunks.flatMap(finest);
}

function finest<Line>(hunk: Hunk<Line>): readonly Hunk<Line>[] {
  const { from, to, lines } = hunk;
  if (from === to && lines.length === 0) return [];
  if (to - from !== lines.length) return [hunk];
  return lines.map((line, index) => ({ from: from + index, to: from + index + 1, lines: [line] }));
}

/** The places of a longest common subsequence: in one list, and in the other. */
function commonLines(one: readonly string[], other: readonly string[]): (readonly [number, number])[] {
  const head = commonHead(one, other);
  const tail = commonHead(one.slice(head).toReversed(), other.slice(head).toReversed());
  const middle = longestCommon(one.slice(head, one.length - tail), other.slice(head, other.length - tail));
  return [
    ...Array.from({ length: head }, (_, index) => [index, index] as const),
    ...middle.map(([a, b]) => [a + head, b + head] as const),
    ...Array.from({ length: tail }, (_, index) => {
      const back = tail - index;
      return [one.length - back, other.length - back] as const;
    }),
  ];
}

function commonHead(one: readonly string[], other: readonly string[]): number {
  const differs = one.findIndex((line, index) => line !== other[index]);
  return differs === -1 ? one.length : differs;
}

function longestCommon(one: readonly string[], other: readonly string[]): (readonly [number, number])[] {
  const width = other.length + 1;
  if ((one.length + 1) * width > MOST_CELLS) return [];
  const lengths = lengthsOf(one, other);
  const common: (readonly [number, number])[] = [];
  let [a, b] = [0, 0];
  while (a < one.length && b < other.length) {
    if (one[a] === other[b]) common.push([a++, b++]);
    else if (at(lengths, (a + 1) * width + b) >= at(lengths, a * width + b + 1)) a++;
    else b++;
  }
  return common;
}

/** How much the rests of both lists have in common, by where these begin: row by row. */
function lengthsOf(one: readonly string[], other: readonly string[]): Uint32Array {
  const width = other.length + 1;
  const lengths = new Uint32Array((one.length + 1) * width);
  for (let a = one.length - 1; a >= 0; a--) {
    for (let b = other.length - 1; b >= 0; b--) {
      const [below, right] = [at(lengths, (a + 1) * width + b), at(lengths, a * width + b + 1)];
      const diagonal = at(lengths, (a + 1) * width + b + 1);
      lengths[a * width + b] = one[a] === other[b] ? diagonal + 1 : Math.max(below, right);
    }
  }
  return lengths;
}

function at(lengths: Uint32Array, index: number): number {
  return lengths[index] ?? 0;
}
