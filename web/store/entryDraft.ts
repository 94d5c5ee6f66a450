import {
  DAYS,
  MEALS,
  type Day,
  type EntryChange,
  type Meal,
  type NewEntry,
} from "../../protocol/mealPlan.ts";
import type { ShownEntry } from "../api/readMealPlan.ts";

/** A dish while it is being typed. */
export interface EntryDraft {
  readonly title: string;
  readonly recipeId: string | null;
  readonly day: string;
  readonly meal: string;
  /** Empty for as many as the recipe serves. */
  readonly servings: string;
  readonly note: string;
}

/** What to show in the form at first. */
export function entryDraftOf(from: Pick<ShownEntry, "day" | "meal"> & Partial<ShownEntry>): EntryDraft {
  return {
    title: from.title ?? "",
    recipeId: from.recipeId ?? null,
    day: knownDay(from.day),
    meal: knownMeal(from.meal),
    servings: typeof from.servings === "number" ? String(from.servings) : "",
    note: from.note ?? "",
  };
}

/** What to send to add it. */
export function newEntryOf(draft: EntryDraft): Omit<NewEntry, "_id"> {
  return {
    day: knownDay(draft.day),
    meal: knownMeal(draft.meal),
    recipeId: draft.recipeId,
    title: draft.title.trim(),
    note: draft.note.trim(),
    ...servingsOf(draft),
  };
}

/** What to send to change it: only what differs, so that two people can change two things at once. */
export function changeOf(entry: ShownEntry, draft: EntryDraft): EntryChange {
  const wanted = newEntryOf(draft);
  const before: Readonly<Record<string, unknown>> = { ...entry };
  return Object.fromEntries(Object.entries(wanted).filter(([field, value]) => before[field] !== value));
}

function servingsOf({ servings }: EntryDraft): { readonly servings?: number } {
  const count = Number(servings);
  return servings.trim() === "" || !Number.isFinite(count) ? {} : { servings: count };
}

function knownDay(text: string): Day {
  return DAYS.find((day) => day === text) ?? DAYS[0];
}

function knownMeal(text: string): Meal {
  return MEALS.find((meal) => meal === text) ?? "dinner";
}
