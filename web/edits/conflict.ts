import { mergeLines } from "../../protocol/mergeLines.ts";
import { sameValue, textOf } from "../../protocol/sameValue.ts";
import { list, record } from "../api/reading.ts";
import type { Failure } from "../api/request.ts";
import { alterationOf, only, withAlteration, type Alteration, type Fields } from "./alteration.ts";
import { linePieces, type LinePiece } from "./linePieces.ts";
import type { Work } from "./work.ts";

/** A field that two people have changed differently. */
export interface ConflictField {
  readonly name: string;
  readonly mine: unknown;
  /** What is stored now. */
  readonly theirs: unknown;
  /** Of a list of lines, those in question and those that are not; `null` for another field. */
  readonly pieces: readonly LinePiece[] | null;
}

/** An edit that was refused because somebody else was faster. */
export interface Conflict {
  readonly fields: readonly ConflictField[];
  /** All that is stored now of what was edited. */
  readonly current: Fields;
}

export type Side = "mine" | "theirs";

/** Whose version of a field, or of the piece of a list at a place, is to stay. */
export type Choice = (field: string, piece: number) => Side;

/** Fields that are merged line by line. */
const LISTS: ReadonlySet<string> = new Set(["ingredients", "steps"]);

/** What an edit and somebody else's disagree on; `null` when there is nothing to choose. */
export function conflictOf(work: Work, refusal: Failure | null): Conflict | null {
  const alteration = alterationOf(work);
  if (refusal?.code !== "changed-meanwhile" || !alteration) return null;
  const current = record(refusal.current);
  const fields = Object.keys(alteration.change)
    .map((name) => fieldOf(name, alteration, current))
    .filter((field) => field !== null);
  return fields.length === 0 ? null : { fields, current };
}

/**
 * What to send once a person has chosen: as seen counts what they were shown.
 * @returns `null` when nothing of the edit is left.
 */
export function resolved(work: Work, { fields, current }: Conflict, choice: Choice): Work | null {
  const alteration = alterationOf(work);
  if (!alteration) return null;
  const open = new Set(fields.map(({ name }) => name));
  const closed = Object.keys(alteration.change).filter((name) => !open.has(name));
  const chosen = fields.map(({ name, ...field }) => [name, chosenOf({ name, ...field }, choice)] as const);
  const wanted = chosen.filter(([name, value]) => !sameValue(value, current[name]));
  if (closed.length + wanted.length === 0) return null;
  const seen = wanted.map(([name]) => [name, current[name]] as const);
  return withAlteration(work, {
    change: { ...only(alteration.change, closed), ...Object.fromEntries(wanted) },
    was: { ...only(alteration.was, closed), ...Object.fromEntries(seen) },
  });
}

function fieldOf(name: string, { change, was }: Alteration, current: Fields): ConflictField | null {
  if (!(name in was)) return null;
  const [mine, theirs] = [change[name], current[name] ?? null];
  if (LISTS.has(name)) {
    const versions = [list(was[name]), list(mine), list(theirs)] as const;
    if (mergeLines(...versions, textOf)) return null;
    return { name, mine, theirs, pieces: linePieces(...versions) };
  }
  if (sameValue(theirs, was[name]) || sameValue(theirs, mine)) return null;
  return { name, mine, theirs, pieces: null };
}

function chosenOf({ name, mine, theirs, pieces }: ConflictField, choice: Choice): unknown {
  if (pieces === null) return choice(name, 0) === "mine" ? mine : theirs;
  return pieces.flatMap((piece, index) => {
    if (piece.kind === "agreed") return piece.lines;
    return choice(name, index) === "mine" ? piece.mine : piece.theirs;
  });
}
