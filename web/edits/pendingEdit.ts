import type { Failure } from "../api/request.ts";
import { documentOf, targetOf, type Work } from "./work.ts";

/** A saved edit is believed to be in its document after so long, whatever the document's `updatedAt` says. */
const BELIEF_MS = 10_000;

/** An edit as this device keeps it until the server has it. */
export interface QueuedEdit {
  /** Goes with the request, so that sending it twice does it once. */
  readonly key: string;
  readonly account: string;
  /** Edits go out in this order. */
  readonly order: number;
  /** The name of what is edited, for the person. */
  readonly about: string;
  readonly work: Work;
  /** Takes an earlier edit back: then it does not even overwrite another's move unasked. */
  readonly isUndo: boolean;
  /** How often it did not get through. */
  readonly tries: number;
  /** Why the server said no; it stays until the person decides. */
  readonly refusal: Failure | null;
}

/** `saved`: the server has it since `at`; its document of `as` (the `updatedAt`, `null` for none) is on the way. */
export type EditState =
  | { readonly kind: "waiting" | "saving" | "refused" }
  | { readonly kind: "saved"; readonly as: string | null; readonly at: number };

/** An edit that the documents we were sent do not hold yet. */
export interface PendingEdit {
  readonly row: QueuedEdit;
  /** False where the browser refused to keep it: then it lives as long as its tab. */
  readonly isKept: boolean;
  readonly state: EditState;
}

/** A place behind all others. Times alone would do, if clocks were never set back. */
export function nextOrder(pending: readonly PendingEdit[], now: number): number {
  return Math.max(now, ...pending.map(({ row }) => row.order + 1));
}

/**
 * The edits that this tab knows, after the device's edits were read again. Those that are saved stay until their
 * document shows them; what another tab dropped is gone.
 */
export function reconcile(
  known: readonly PendingEdit[],
  rows: readonly QueuedEdit[],
): readonly PendingEdit[] {
  const kept = new Set(rows.map(({ key }) => key));
  const before = new Map(known.map((one) => [one.row.key, one]));
  const elsewhere = known.filter(
    ({ row, isKept, state }) => !kept.has(row.key) && (!isKept || state.kind === "saved"),
  );
  return [...elsewhere, ...rows.map((row) => readAgain(row, before.get(row.key)))].toSorted(
    (a, b) => a.row.order - b.row.order,
  );
}

function readAgain(row: QueuedEdit, before: PendingEdit | undefined): PendingEdit {
  if (before?.state.kind === "saved") return before;
  if (row.refusal) return { row, isKept: true, state: { kind: "refused" } };
  return { row, isKept: true, state: { kind: before?.state.kind === "saving" ? "saving" : "waiting" } };
}

/** The next edit of each document that is not busy. Behind a refused edit, those of the same target wait. */
export function nextToSend(pending: readonly PendingEdit[]): readonly PendingEdit[] {
  const busy = pending.filter(({ state }) => state.kind === "saving");
  const closed = new Set(busy.map(({ row }) => documentOf(row.work)));
  return pending.filter(({ row, state }) => {
    const document = documentOf(row.work);
    const target = targetOf(row.work);
    if (state.kind === "saved") return false;
    if (state.kind === "refused") return void closed.add(target);
    if (closed.has(document) || closed.has(target)) return false;
    closed.add(document);
    return state.kind === "waiting";
  });
}

/** Edits that were refused, and those that wait behind one of the same target: what a person has to decide on. */
export function undecided(pending: readonly PendingEdit[]): readonly PendingEdit[] {
  const refused = pending.filter(({ state }) => state.kind === "refused");
  const targets = new Set(refused.map(({ row }) => targetOf(row.work)));
  return pending.filter(({ row, state }) => state.kind !== "saved" && targets.has(targetOf(row.work)));
}

/** The refused changes that a new edit makes pointless: all of what they wanted is decided anew, or the thing goes. */
export function supersededBy(pending: readonly PendingEdit[], work: Work): readonly PendingEdit[] {
  const target = targetOf(work);
  return pending.filter(
    ({ row, state }) =>
      state.kind === "refused" && targetOf(row.work) === target && isCovered(row.work, work),
  );
}

/**
 * The edits that a document of this `updatedAt` does not show yet.
 * @param edits those of one document, in their order: what was saved before one that is shown is shown as well.
 */
export function notShownYet<Edit extends PendingEdit>(
  edits: readonly Edit[],
  updatedAt: string,
  now: number,
): readonly Edit[] {
  const last = edits.findLastIndex((one) => isShown(one, updatedAt, now));
  return edits.filter(({ state }, index) => index > last || state.kind !== "saved");
}

/** True while an edit is known to nobody but this device. */
export function isUnsaved({ state }: PendingEdit): boolean {
  return state.kind !== "saved";
}

/** Forgets edits that were saved long ago. */
export function withoutOld(pending: readonly PendingEdit[], now: number): readonly PendingEdit[] {
  return pending.filter(({ state }) => state.kind !== "saved" || now - state.at <= BELIEF_MS);
}

function isCovered(before: Work, after: Work): boolean {
  if (after.edit.kind === "remove") return true;
  if (before.edit.kind !== "change" || after.edit.kind !== "change") return false;
  const again = Object.keys(after.edit.change);
  return Object.keys(before.edit.change).every((field) => again.includes(field));
}

function isShown({ state }: PendingEdit, updatedAt: string, now: number): boolean {
  if (state.kind !== "saved") return false;
  return (state.as !== null && state.as <= updatedAt) || now - state.at > BELIEF_MS;
}
