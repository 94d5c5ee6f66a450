import { expect, test } from "vitest";
import type { ActivityLine } from "../../protocol/activity.ts";
import { describeLine } from "../../web/store/describeLine.ts";
import { toldLines } from "../../web/store/ToldLine.ts";
import { undoOfLine } from "../../web/store/undoOfLine.ts";
import { ADA, dish, JANE, planWith } from "./support/plans.ts";

function line(more: Partial<ActivityLine>): ActivityLine {
  return {
    _id: crypto.randomUUID(),
    at: "2026-11-20T12:00:00.000Z",
    by: { userId: JANE, name: "Jane" },
    kind: "changed",
    entryId: "1",
    title: "Soup",
    before: null,
    after: null,
    cut: [],
    ...more,
  };
}

const WHOLE = {
  _id: "1",
  day: "monday",
  meal: "dinner",
  title: "Soup",
  servings: 2,
  note: "",
  recipeId: null,
};

/** What is said of a change of a soup on Friday. */
function say(before: ActivityLine["before"], after: ActivityLine["after"]): string | undefined {
  return said([line({ before, after })], { day: "friday" })[0];
}

/** What is said of some edits of a soup, the newest first. @param now the soup as it is. */
function said(lines: readonly ActivityLine[], now: object | null): readonly string[] {
  const { entries } = planWith(now ? [dish("1", now)] : []);
  return toldLines(lines, entries).map((told) => describeLine(told, ADA));
}

test("a life of a dish is told in whole sentences, each place as it was then", () => {
  const lines = [
    line({ kind: "removed", before: { ...WHOLE, day: "friday", meal: "lunch" } }),
    line({ kind: "moved", before: { meal: "dinner" }, after: { meal: "lunch" } }),
    line({ kind: "moved", before: { day: "monday" }, after: { day: "friday" } }),
    line({ kind: "added", after: WHOLE }),
  ];
  expect(said(lines, null)).toEqual([
    "Jane removed Soup from Friday lunch",
    "Jane moved Soup from Friday dinner to Friday lunch",
    "Jane moved Soup from Monday dinner to Friday dinner",
    "Jane added Soup to Monday dinner",
  ]);
});

test("of a dish that is there, the half of a place that a line leaves out is known from the plan", () => {
  const moved = line({ kind: "moved", before: { day: "monday" }, after: { day: "friday" } });
  expect(said([moved], { day: "friday", meal: "snack" })).toEqual([
    "Jane moved Soup from Monday snack to Friday snack",
  ]);
});

test("what was changed in a dish is named", () => {
  expect(say({ title: "Broth" }, { title: "Soup" })).toBe("Jane renamed Broth to Soup");
  expect(say({ servings: 2, note: "hot" }, { servings: 4, note: "" })).toBe(
    "Jane changed Soup: serves 4, not 2, no note",
  );
  expect(say({ day: "monday", note: "" }, { day: "friday", note: "hot" })).toBe(
    "Jane changed Soup: now Friday dinner, note “hot”",
  );
});

test("one's own edits are one's own, and who has left is told of without a name", () => {
  const own = line({ kind: "added", after: WHOLE, by: { userId: ADA, name: "Ada" } });
  const left = line({ kind: "added", after: WHOLE, by: { userId: "gone", name: null } });
  expect(said([own, left], null)).toEqual([
    "You added Soup to Monday dinner",
    "Somebody who has left added Soup to Monday dinner",
  ]);
});

test("undoing a line restores what it changed, says what it had made of it, and touches nothing else", () => {
  const moved = line({ kind: "moved", before: { day: "monday" }, after: { day: "friday" } });
  expect(undoOfLine(moved)).toEqual({
    kind: "change",
    entryId: "1",
    change: { day: "monday" },
    seen: { day: "friday" },
  });
  expect(undoOfLine(line({ kind: "added", after: WHOLE }))).toMatchObject({ kind: "remove", entryId: "1" });
  expect(undoOfLine(line({ kind: "removed", before: WHOLE }))).toMatchObject({
    kind: "add",
    entry: { _id: "1", title: "Soup", servings: 2 },
  });
});

test("a note that was not there is undone to none", () => {
  const noted = line({ before: { note: null }, after: { note: "hot" } });
  expect(undoOfLine(noted)).toMatchObject({ change: { note: "" }, seen: { note: "hot" } });
});

test("what is not known whole can't be undone", () => {
  expect(undoOfLine(line({ before: { note: "long…" }, after: { note: "" }, cut: ["note"] }))).toBeNull();
  expect(undoOfLine(line({ kind: "removed", before: WHOLE, cut: ["title"] }))).toBeNull();
  expect(undoOfLine(line({ before: { servings: null }, after: { servings: 4 } }))).toBeNull();
});
