import { effect } from "@preact/signals";
import { expect, test } from "vitest";
import type { ShownEntry } from "../../web/api/readMealPlan.ts";
import type { Failure } from "../../web/api/request.ts";
import { cellName, ELSEWHERE, Entries } from "../../web/store/Entries.ts";
import { describeChanges } from "../../web/store/describeChanges.ts";
import { applyEdits, type PendingEdit } from "../../web/store/pendingEdits.ts";

const SOUP = dish("1", { title: "Soup" });
const STEW = dish("2", { title: "Stew", day: "tuesday" });
const NETWORK: Failure = { code: "network", message: "Away", fields: [] };

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
  entries.show(applyEdits([SOUP, STEW], []));
  const counts = paints(entries, ["1", "2"]);
  entries.show(applyEdits([{ ...SOUP, title: "Broth" }, { ...STEW }], []));
  expect(counts).toEqual({ 1: 2, 2: 1 });
  expect(entries.view("1")?.value.entry.title).toBe("Broth");
});

test("a dish that moves leaves one cell for another", () => {
  const entries = new Entries();
  entries.show(applyEdits([SOUP], []));
  entries.show(applyEdits([{ ...SOUP, day: "sunday" }], []));
  expect(entries.cell(cellName("monday", "dinner")).value).toEqual([]);
  expect(entries.cell(cellName("sunday", "dinner")).value).toEqual(["1"]);
});

test("a dish on a day that no week has is shown elsewhere", () => {
  const entries = new Entries();
  entries.show(applyEdits([dish("1", { day: "someday" }), dish("2", { meal: "brunch" })], []));
  expect(entries.cell(ELSEWHERE).value).toEqual(["1", "2"]);
});

test("what others change is said in words, what one does oneself is not", () => {
  const describe = (after: readonly ShownEntry[], own: readonly string[] = []) =>
    describeChanges([SOUP, STEW], after, new Set(own));
  expect(describe([SOUP, STEW])).toBe("");
  expect(describe([SOUP])).toBe("Stew was removed.");
  expect(describe([SOUP, STEW, dish("3", { title: "Figs" })])).toBe("Figs was added to Monday dinner.");
  expect(describe([{ ...SOUP, day: "sunday" }, STEW])).toBe("Soup was moved to Sunday dinner.");
  expect(
    describe([
      { ...SOUP, title: "Broth" },
      { ...STEW, note: "hot" },
    ]),
  ).toBe("Soup became Broth. Stew was changed.");
  expect(describe([{ ...SOUP, title: "Broth" }, STEW], ["1"])).toBe("");
  expect(describe(["a", "b", "c", "d"].map((id) => dish(id)))).toBe("6 dishes were changed.");
});

const adding: PendingEdit = {
  edit: { kind: "add", entry: dish("3", { day: "friday", meal: "lunch", title: "Salad" }) },
  status: "saving",
};

test("a dish that is being added is on the plan already", () => {
  const views = applyEdits([SOUP], [adding]);
  expect(views.map(({ entry, status }) => [entry.title, status])).toEqual([
    ["Soup", "saved"],
    ["Salad", "saving"],
  ]);
});

test("a dish is shown once when the stream brings it before the answer does", () => {
  expect(applyEdits([dish("3", { title: "Salad" })], [adding])).toHaveLength(1);
});

test("a change that is on its way shows, over whatever others change meanwhile", () => {
  const change: PendingEdit = {
    edit: { kind: "change", entryId: "1", change: { note: "hot" } },
    status: "saving",
  };
  const [view] = applyEdits([{ ...SOUP, servings: 9 }], [change]);
  expect(view?.entry).toMatchObject({ note: "hot", servings: 9 });
});

test("a dish that is being removed is gone, and back as not removed when that failed", () => {
  const edit = { kind: "remove", entryId: "1" } as const;
  expect(applyEdits([SOUP], [{ edit, status: "saving" }])).toEqual([]);
  const [view] = applyEdits([SOUP], [{ edit, status: "failed", failure: NETWORK }]);
  expect(view).toMatchObject({ status: "failed", failed: { kind: "remove" } });
});

test("a failure is not hidden by a later edit of the same dish", () => {
  const failed: PendingEdit = { ...adding, status: "failed", failure: NETWORK };
  const later: PendingEdit = {
    edit: { kind: "change", entryId: "3", change: { note: "x" } },
    status: "waiting",
  };
  const [view] = applyEdits([], [failed, later]);
  expect(view).toMatchObject({ status: "failed", entry: { note: "x" }, failed: { kind: "add" } });
});

test("a dish that was removed and put back is there", () => {
  const removing: PendingEdit = { edit: { kind: "remove", entryId: "1" }, status: "saving" };
  const back: PendingEdit = {
    edit: { kind: "add", entry: SOUP },
    status: "waiting",
  };
  expect(applyEdits([SOUP], [removing, back]).map(({ entry }) => entry.title)).toEqual(["Soup"]);
});
