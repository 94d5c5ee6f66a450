import type { EntryFields } from "../../protocol/mealPlan.ts";
import { knownDay, knownMeal } from "../api/knownPlace.ts";
import type { ShownEntry } from "../api/readMealPlan.ts";
import { newObjectId } from "./newObjectId.ts";

/** A dish while it is being typed. */
export interface EntryDraft {
  readonly title: string;
  /** Empty for a dish without a recipe. */
  readonly recipeId: string;
  readonly day: string;
  readonly meal: string;
  /** Empty for as many as the recipe serves. */
  readonly servings: string;
  readonly note: string;
}

/** What of a dish can be typed. */
export type TypedEntry = Omit<ShownEntry, "_id" | "addedBy">;

/** A dish that nobody has yet. */
export function newDish(entry: TypedEntry): ShownEntry {
  return { _id: newObjectId(), addedBy: null, ...entry };
}

/** What to show in the form at first. */
export function entryDraftOf(from: Pick<ShownEntry, "day" | "meal"> & Partial<ShownEntry>): EntryDraft {
  return {
    title: from.title ?? "",
    recipeId: from.recipeId ?? "",
    day: knownDay(from.day),
    meal: knownMeal(from.meal),
    servings: typeof from.servings === "number" ? String(from.servings) : "",
    note: from.note ?? "",
  };
}

/** The dish that was typed. */
export function typedEntry(draft: EntryDraft): TypedEntry {
  return {
    day: knownDay(draft.day),
    meal: knownMeal(draft.meal),
    recipeId: draft.recipeId || null,
    title: draft.title.trim(),
    servings: servingsOf(draft),
    note: draft.note.trim(),
  };
}

/** What to send to change it: only what differs, so that two people can change two things at once. */
export function changeOf(entry: ShownEntry, draft: EntryDraft): Partial<EntryFields> {
  const { servings, ...typed } = typedEntry(draft);
  const before: Readonly<Record<string, unknown>> = { ...entry };
  // A number that was wiped out is no other number.
  const fields = Object.entries(servings === null ? typed : { ...typed, servings });
  const change = Object.fromEntries(fields.filter(([field, value]) => before[field] !== value));
  // A new name without a recipe must not end up on a recipe that somebody else has chosen meanwhile.
  return "title" in change && typed.recipeId === null ? { ...change, recipeId: null } : change;
}

function servingsOf({ servings }: EntryDraft): number | null {
  const count = Number(servings);
  return servings.trim() === "" || !Number.isFinite(count) ? null : count;
}
