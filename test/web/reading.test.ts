import { expect, test } from "vitest";
import { readMealPlan } from "../../web/api/readMealPlan.ts";
import { Entries, ELSEWHERE } from "../../web/store/Entries.ts";
import { entryViews } from "../../web/store/entryViews.ts";

test.each([null, "plan", 7, [], {}, { entries: "none" }, { entries: [null, 3, "Soup", { title: 5 }] }])(
  "a plan typed by hand as %j can be shown",
  (typed) => {
    const plan = readMealPlan(typed);
    const entries = new Entries();
    entries.show(entryViews(plan.entries, []));
    expect(entries.cell(ELSEWHERE).value).toHaveLength(plan.entries.length);
  },
);

test("a dish without a title is called Untitled, and a number as a title is read as text", () => {
  const { entries } = readMealPlan({ entries: [{ _id: "1" }, { _id: "2", title: 42 }, "Soup"] });
  expect(entries.map(({ title }) => title)).toEqual(["Untitled", "42", "Soup"]);
});

test("two dishes with one id are both shown", () => {
  const { entries } = readMealPlan({
    entries: [
      { _id: "1", title: "A" },
      { _id: "1", title: "B" },
    ],
  });
  expect(new Set(entries.map(({ _id }) => _id)).size).toBe(2);
});

test("servings typed as text count, anything else is left out", () => {
  const { entries } = readMealPlan({
    entries: [{ servings: "4" }, { servings: "many" }, { servings: null }],
  });
  expect(entries.map(({ servings }) => servings)).toEqual([4, null, null]);
});
