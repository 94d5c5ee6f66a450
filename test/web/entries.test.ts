import { effect } from "@preact/signals";
import { expect, test } from "vitest";
import type { ShownEntry } from "../../web/api/readMealPlan.ts";
import type { Failure } from "../../web/api/request.ts";
import { editsOfPlan, entryViews } from "../../web/store/entryViews.ts";
import type { PendingEdit } from "../../web/edits/pendingEdit.ts";
import type { EntryEdit } from "../../web/edits/work.ts";
import { cellName, ELSEWHERE, Entries } from "../../web/store/Entries.ts";

const SOUP = dish("1", { title: "Soup" });
const STEW = dish("2", { title: "Stew", day: "tuesday" });
const FULL: Failure = { code: "limit-reached", message: "Full", fields: [] };

function dish(_id: string, more: Partial<ShownEntry> = {}): ShownEntry {
  return {
    _id,
    day: "monday",
    meal: "dinner",
    recipeId: null,
    title: "Dish",
    servings: 2,
    note: "",
    addedBy: null,
    ...more,
  };
}

/** An edit of the plan "p" on its way; with tries, one that did not get through yet. */
function pending(edit: EntryEdit, kind: "waiting" | "saving" | "refused", tries = 0): PendingEdit {
  const refusal = kind === "refused" ? FULL : null;
  const work = { kind: "entry", planId: "p", edit } as const;
  return {
    row: { key: "k", account: "ada", order: 1, about: "Dish", work, isUndo: false, tries, refusal },
    isKept: true,
    state: { kind },
  };
}

/** A plan's dishes with edits on top. */
function viewsWith(entries: readonly ShownEntry[], ...edits: readonly PendingEdit[]) {
  return entryViews(entries, editsOfPlan(edits, "p", "2026", 0));
}

/** Counts how often each dish would be painted. */
function paints(entries: Entries, ids: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const id of ids) {
    effect(() => {
      void entries.view(id)?.value;
      counts[id] = (counts[id] ?? 0) + 1;
    });
  }
  return counts;
}

test("when one dish changes, one dish is painted", () => {
  const entries = new Entries();
  entries.show(entryViews([SOUP, STEW], []));
  const counts = paints(entries, ["1", "2"]);
  entries.show(entryViews([{ ...SOUP, title: "Broth" }, { ...STEW }], []));
  expect(counts).toEqual({ 1: 2, 2: 1 });
  expect(entries.view("1")?.value.entry.title).toBe("Broth");
});

test("a dish that moves leaves one cell for another", () => {
  const entries = new Entries();
  entries.show(entryViews([SOUP], []));
  entries.show(entryViews([{ ...SOUP, day: "sunday" }], []));
  expect(entries.cell(cellName("monday", "dinner")).value).toEqual([]);
  expect(entries.cell(cellName("sunday", "dinner")).value).toEqual(["1"]);
});

test("a dish on a day that no week has is shown elsewhere", () => {
  const entries = new Entries();
  entries.show(entryViews([dish("1", { day: "someday" }), dish("2", { meal: "brunch" })], []));
  expect(entries.cell(ELSEWHERE).value).toEqual(["1", "2"]);
});

const ADD = { kind: "add", entry: dish("3", { day: "friday", meal: "lunch", title: "Salad" }) } as const;

test("a dish that is being added is on the plan already", () => {
  const views = viewsWith([SOUP], pending(ADD, "saving"));
  expect(views.map(({ entry, status }) => [entry.title, status])).toEqual([
    ["Soup", "saved"],
    ["Salad", "saving"],
  ]);
});

test("a dish is shown once when the stream brings it before the answer does", () => {
  expect(viewsWith([dish("3", { title: "Salad" })], pending(ADD, "saving"))).toHaveLength(1);
});

test("a dish whose edit did not get through says that it waits, and so does one that waits behind it", () => {
  const change = { kind: "change", entryId: "1", change: { note: "hot" }, seen: {} } as const;
  const views = viewsWith([SOUP], pending(ADD, "waiting", 1), pending(change, "waiting"));
  expect(views.map(({ status }) => status)).toEqual(["waiting", "waiting"]);
});

test("edits of another plan are none of this one's", () => {
  const edits = editsOfPlan([pending(ADD, "waiting")], "q", "2026", 0);
  expect(entryViews([SOUP], edits)).toHaveLength(1);
});

test("a change that is on its way shows, over whatever others change meanwhile", () => {
  const change = pending({ kind: "change", entryId: "1", change: { note: "hot" }, seen: {} }, "saving");
  const [view] = viewsWith([{ ...SOUP, servings: 9 }], change);
  expect(view?.entry).toMatchObject({ note: "hot", servings: 9 });
});

test("a dish that is being removed is gone, and back as not removed when that was refused", () => {
  const edit = { kind: "remove", entryId: "1", seen: {} } as const;
  expect(viewsWith([SOUP], pending(edit, "saving"))).toEqual([]);
  const [view] = viewsWith([SOUP], pending(edit, "refused"));
  expect(view).toMatchObject({ status: "failed", failed: { kind: "remove" } });
});

test("a refusal is not hidden by a later edit of the same dish", () => {
  const later = pending({ kind: "change", entryId: "3", change: { note: "x" }, seen: {} }, "waiting");
  const [view] = viewsWith([], pending(ADD, "refused"), later);
  expect(view).toMatchObject({ status: "failed", entry: { note: "x" }, failed: { kind: "add" } });
});

test("a dish that was removed and put back is there", () => {
  const removing = pending({ kind: "remove", entryId: "1", seen: {} }, "saving");
  const back = pending({ kind: "add", entry: SOUP }, "waiting");
  expect(viewsWith([SOUP], removing, back).map(({ entry }) => entry.title)).toEqual(["Soup"]);
});
