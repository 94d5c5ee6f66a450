import { expect, test } from "vitest";

import { alterationOf } from "../../web/edits/alteration.ts";
import { inverseOf } from "../../web/edits/inverse.ts";
import type { Work } from "../../web/edits/work.ts";

const SOUP = {
  _id: "1".repeat(24),
  day: "monday",
  meal: "dinner",
  recipeId: null,
  title: "Soup",
  servings: 2,
  note: "",
  addedBy: null,
};

const PANCAKES = {
  title: "Pancakes",
  servings: 4,
  ingredients: [{ quantity: 2, unit: "", name: "eggs" }],
  steps: ["Bake."],
  tags: [],
  image: null,
  source: null,
};

/** What undoes the undoing of an edit. */
function twice(work: Work): Work | null {
  const inverse = inverseOf(work);
  return inverse && inverseOf(inverse);
}

test("a change is taken back in its own fields, from what it made of them", () => {
  const edit = { kind: "change", entryId: SOUP._id, change: { note: "hot" }, seen: SOUP } as const;
  const inverse = inverseOf({ kind: "entry", planId: "p", edit });
  expect(inverse && alterationOf(inverse)).toEqual({ change: { note: "" }, was: { note: "hot" } });
});

test("to undo an undo is to do it again: of dishes, recipes and names", () => {
  const add: Work = { kind: "entry", planId: "p", edit: { kind: "add", entry: SOUP } };
  const remove: Work = {
    kind: "entry",
    planId: "p",
    edit: { kind: "remove", entryId: SOUP._id, seen: SOUP },
  };
  const seen = { householdId: "h", ...PANCAKES };
  const drop: Work = { kind: "recipe", recipeId: "r", edit: { kind: "remove", seen } };
  const rename: Work = {
    kind: "household",
    householdId: "h",
    edit: { kind: "change", change: { name: "New" }, seen: { name: "Old" } },
  };
  for (const work of [add, remove, drop, rename]) expect(twice(work)).toEqual(work);
});

test("what an older version of the page has kept, without what was seen, is not undone by guessing", () => {
  const change: Work = {
    kind: "entry",
    planId: "p",
    edit: { kind: "change", entryId: SOUP._id, change: { note: "hot" }, seen: {} },
  };
  const removal: Work = { kind: "entry", planId: "p", edit: { kind: "remove", entryId: SOUP._id, seen: {} } };
  const drop: Work = { kind: "recipe", recipeId: "r", edit: { kind: "remove", seen: {} } };
  const rename: Work = {
    kind: "household",
    householdId: "h",
    edit: { kind: "change", change: { name: "New" }, seen: {} },
  };
  for (const work of [change, removal, drop, rename]) expect(inverseOf(work)).toBeNull();
});

test("a value that nobody can send is not sent to undo a change either", () => {
  const seen = { ...SOUP, servings: null };
  const change: Work = {
    kind: "entry",
    planId: "p",
    edit: { kind: "change", entryId: SOUP._id, change: { servings: 4 }, seen },
  };
  expect(inverseOf(change)).toBeNull();
});
