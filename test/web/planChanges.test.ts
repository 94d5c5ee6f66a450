import { describe, expect, test } from "vitest";
import { describeChanges } from "../../web/store/describeChanges.ts";
import { changesSince, planChanges, type PlanChange } from "../../web/store/planChanges.ts";
import { ADA, dish, JANE, planWith } from "./support/plans.ts";

const NOON = "2026-11-20T12:00:00.000Z";
const LATER = "2026-11-20T12:05:00.000Z";
const BY_JANE = { changedBy: JANE, changedAt: LATER };

function between(before: readonly object[], after: readonly object[], more: object = {}) {
  return planChanges(planWith(before), planWith(after, more));
}

function briefly(changes: readonly PlanChange[]) {
  return changes.map(({ kind, entry, by }) => [kind, entry.title, by]);
}

test("a change says which dish, what became of it, and who did it when", () => {
  const before = [dish("1", { title: "Soup" }), dish("2", { title: "Stew" })];
  const after = [
    dish("1", { title: "Broth", ...BY_JANE }),
    dish("2", { title: "Stew", day: "friday", ...BY_JANE }),
    dish("3", { title: "Figs", ...BY_JANE }),
  ];
  const changes = between(before, after);
  expect(briefly(changes)).toEqual([
    ["changed", "Broth", JANE],
    ["moved", "Stew", JANE],
    ["added", "Figs", JANE],
  ]);
  expect(changes.map(({ at }) => at)).toEqual([LATER, LATER, LATER]);
  expect(changes[0]?.before?.title).toBe("Soup");
});

test("what stays as it is, is no change, also when somebody saved it again", () => {
  expect(between([dish("1")], [dish("1", BY_JANE)])).toEqual([]);
});

test("a dish that changed while its mark stayed was changed outside the app", () => {
  expect(briefly(between([dish("1")], [dish("1", { title: "By hand" })]))).toEqual([
    ["changed", "By hand", null],
  ]);
});

test("a dish that was removed says who took it off, when the plan tells", () => {
  const removed = [{ _id: "1", title: "Soup", day: "monday", meal: "dinner", by: JANE, at: LATER }];
  expect(briefly(between([dish("1")], [], { removed }))).toEqual([["removed", "Soup", JANE]]);
  expect(briefly(between([dish("1")], []))).toEqual([["removed", "Soup", null]]);
});

test("a dish that was put back and removed outside is not said to be removed by who did it before", () => {
  const removed = [{ _id: "1", title: "Soup", day: "monday", meal: "dinner", by: JANE, at: NOON }];
  const changes = planChanges(planWith([dish("1")], { removed }), planWith([], { removed }));
  expect(briefly(changes)).toEqual([["removed", "Soup", null]]);
});

test("what came after a plan was seen is known from the plan alone", () => {
  const removed = [
    { _id: "4", title: "Pie", day: "monday", meal: "dinner", by: ADA, at: NOON },
    { _id: "5", title: "Tart", day: "friday", meal: "lunch", by: JANE, at: LATER },
  ];
  const entries = [dish("1"), dish("2", { title: "Stew", ...BY_JANE }), dish("3", { changedAt: null })];
  expect(briefly(changesSince(planWith(entries, { removed }), NOON))).toEqual([
    ["changed", "Stew", JANE],
    ["removed", "Tart", JANE],
  ]);
});

const nameOf = (id: string) => (id === JANE ? "Jane" : null);

describe("in words", () => {
  const soup = dish("1", { title: "Soup" });
  const moved = { ...soup, day: "friday", ...BY_JANE };

  test("people are told who did what", () => {
    const say = (after: readonly object[], more?: object) =>
      describeChanges(between([soup], after, more), nameOf);
    expect(say([soup])).toBe("");
    expect(say([moved])).toBe("Jane moved Soup to Friday dinner.");
    expect(say([{ ...soup, title: "Broth", ...BY_JANE }])).toBe("Jane renamed Soup to Broth.");
    expect(say([{ ...soup, note: "hot", ...BY_JANE }])).toBe("Jane changed Soup.");
    expect(say([soup, dish("2", { title: "Figs", ...BY_JANE })])).toBe("Jane added Figs to Monday dinner.");
    expect(say([{ ...soup, title: "Broth" }])).toBe("Soup was renamed to Broth outside the app.");
    expect(say([{ ...moved, changedBy: "c".repeat(24) }])).toBe("Somebody moved Soup to Friday dinner.");
  });

  test("many at once are the first of them and how many more", () => {
    const before = ["1", "2", "3"].map((id) => dish(id));
    const changes = planChanges(
      planWith(before),
      planWith(before.map((one) => ({ ...one, ...BY_JANE, day: "friday" }))),
    );
    expect(describeChanges(changes, nameOf)).toBe("Jane moved Soup to Friday dinner and 2 more changes.");
    expect(describeChanges(changes.slice(1), nameOf)).toBe(
      "Jane moved Soup to Friday dinner and 1 more change.",
    );
  });

  test("guests are told what, not who", () => {
    expect(describeChanges(between([soup], [moved]), null)).toBe("Soup was moved to Friday dinner.");
    expect(describeChanges(between([soup], []), null)).toBe("Soup was removed from Monday dinner.");
  });
});
