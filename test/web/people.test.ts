import { expect, test } from "vitest";
import { agoText, durationText } from "../../web/store/durations.ts";
import { People } from "../../web/store/People.ts";

test("the first six who join a household have six colours", () => {
  const names = ["Jon", "Jane", "Maya", "Leo", "Ines", "Ben", "Zoe"];
  const people = new People(names.map((name) => ({ userId: name, name, role: "member" })));
  expect(names.map((name) => people.colourOf(name))).toEqual([0, 1, 2, 3, 4, 5, 0]);
  expect(people.nameOf("Maya")).toBe("Maya");
  expect([people.nameOf("gone"), people.colourOf("gone")]).toEqual([null, null]);
});

test("people are called by their first names, unless two have the same", () => {
  const names = ["Jon Doe", "Jane Doe", "Jane Roe"];
  const people = new People(names.map((name) => ({ userId: name, name, role: "member" })));
  expect([...names, "gone"].map((name) => people.shortNameOf(name))).toEqual([
    "Jon",
    "Jane Doe",
    "Jane Roe",
    null,
  ]);
});

test.each([
  [-5, "just now"],
  [59, "just now"],
  [60, "1 minute ago"],
  [3_599, "59 minutes ago"],
  [7_200, "2 hours ago"],
  [86_400, "yesterday"],
  [5 * 86_400, "5 days ago"],
])("what was %i seconds ago was %s", (seconds, text) => {
  const now = Date.UTC(2026, 10, 20);
  expect(agoText(new Date(now - seconds * 1000).toISOString(), now)).toBe(text);
});

test.each([
  [25, "25 s"],
  [119, "119 s"],
  [120, "2 min"],
  [7_200, "2 h"],
])("%i seconds of silence are %s", (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});
