import { hunksOf, type Hunk } from "../../protocol/hunks.ts";
import { mergeLines } from "../../protocol/mergeLines.ts";
import { textOf } from "../../protocol/sameValue.ts";

type Lines = readonly unknown[];

/** A stretch of a list that two people changed: what both can have, or what each of them made of it. */
export type LinePiece =
  | { readonly kind: "agreed"; readonly lines: Lines }
  | { readonly kind: "open"; readonly mine: Lines; readonly theirs: Lines };

/** Lines of the list that both began with, and what each side made of them. */
interface Region {
  readonly from: number;
  readonly to: number;
  readonly mine: readonly Hunk<unknown>[];
  readonly theirs: readonly Hunk<unknown>[];
}

/**
 * Two people's versions of a list, piece by piece. Where they don't meet, a piece is merged as the server would.
 * @param base the list that both began with.
 */
export function linePieces(base: Lines, mine: Lines, theirs: Lines): readonly LinePiece[] {
  const pieces: LinePiece[] = [];
  let at = 0;
  for (const region of regionsOf(hunksOf(base, mine, textOf), hunksOf(base, theirs, textOf))) {
    pieces.push({ kind: "agreed", lines: base.slice(at, region.from) }, pieceOf(base, region));
    at = region.to;
  }
  pieces.push({ kind: "agreed", lines: base.slice(at) });
  return joined(pieces);
}

function pieceOf(base: Lines, region: Region): LinePiece {
  const [mine, theirs] = [applied(base, region.mine, region), applied(base, region.theirs, region)];
  if (region.theirs.length === 0) return { kind: "agreed", lines: mine };
  if (region.mine.length === 0) return { kind: "agreed", lines: theirs };
  const lines = areAlike(region) ? mergeLines([], mine, theirs, textOf) : null;
  return lines ? { kind: "agreed", lines } : { kind: "open", mine, theirs };
}

/** Both only add lines at one place, or do the same: what each has is for both. */
function areAlike({ from, to, mine: [mine, ...my], theirs: [theirs, ...their] }: Region): boolean {
  if (!mine || !theirs || my.length + their.length > 0) return false;
  const isSamePlace = mine.from === theirs.from && mine.to === theirs.to;
  return isSamePlace && (from === to || textOf(mine.lines) === textOf(theirs.lines));
}

function applied(base: Lines, hunks: readonly Hunk<unknown>[], { from, to }: Region): Lines {
  const parts: Lines[] = [];
  let at = from;
  for (const hunk of hunks) {
    parts.push(base.slice(at, hunk.from), hunk.lines);
    at = hunk.to;
  }
  return [...parts, base.slice(at, to)].flat();
}

/** The stretches that somebody changed, in order: changes that touch the same lines are one. */
function regionsOf(mine: readonly Hunk<unknown>[], theirs: readonly Hunk<unknown>[]): readonly Region[] {
  const all: readonly Region[] = [
    ...mine.map((hunk) => ({ from: hunk.from, to: hunk.to, mine: [hunk], theirs: [] })),
    ...theirs.map((hunk) => ({ from: hunk.from, to: hunk.to, mine: [], theirs: [hunk] })),
  ].toSorted((a, b) => a.from - b.from || a.to - b.to);
  const regions: Region[] = [];
  for (const next of all) {
    const last = regions.at(-1);
    if (last && !isBefore(last, next)) regions.splice(-1, 1, both(last, next));
    else regions.push(next);
  }
  return regions;
}

function isBefore(one: Region, other: Region): boolean {
  return one.to <= other.from && one.from < other.to;
}

function both(one: Region, other: Region): Region {
  return {
    from: one.from,
    to: Math.max(one.to, other.to),
    mine: [...one.mine, ...other.mine],
    theirs: [...one.theirs, ...other.theirs],
  };
}

/** Neighbours of the same kind as one; empty ones not at all. */
function joined(pieces: readonly LinePiece[]): readonly LinePiece[] {
  const result: LinePiece[] = [];
  for (const piece of pieces) {
    if (piece.kind === "agreed" && piece.lines.length === 0) continue;
    const last = result.at(-1);
    if (last) result.splice(-1, 1, ...pair(last, piece));
    else result.push(piece);
  }
  return result;
}

function pair(one: LinePiece, other: LinePiece): readonly LinePiece[] {
  if (one.kind === "agreed" && other.kind === "agreed") {
    return [{ kind: "agreed", lines: [...one.lines, ...other.lines] }];
  }
  if (one.kind === "open" && other.kind === "open") {
    const [mine, theirs] = [
      [...one.mine, ...other.mine],
      [...one.theirs, ...other.theirs],
    ];
    return [{ kind: "open", mine, theirs }];
  }
  return [one, other];
}
