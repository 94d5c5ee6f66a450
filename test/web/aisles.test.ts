import * as fc from "fast-check";
import { expect, test } from "vitest";

import { aislesOf, firstColumn, inOrder, movedAisle, walkOf } from "../../web/store/aisles.ts";
import type { LineView } from "../../web/store/lineViews.ts";

const NOON = "2026-11-21T12:00:00.000Z";
const LATER = "2026-11-21T12:05:00.000Z";

function view(name: string, aisle: string, createdAt: string, done = false): LineView {
  const line = {
    _id: Buffer.from([...name.padEnd(12, ".")].toReversed().join("")).toString("hex"),
    householdId: "0".repeat(24),
    text: name,
    quantity: null,
    unit: "",
    name,
    aisle,
    done,
    doneBy: null,
    dishes: [],
    createdAt,
    updatedAt: createdAt,
  };
  return { line, status: "saved", failure: null };
}

test("what a plan brought at once stands by name, and what is written later stands below", () => {
  const lines = [
    view("Apples", "Fruit and veg", LATER),
    view("Thyme", "Fruit and veg", NOON, true),
    view("Basil", "Fruit and veg", NOON),
  ];
  const [fruit] = aislesOf(lines, walkOf([]));
  expect(fruit?.lines.map(({ line }) => line.name)).toEqual(["Basil", "Thyme", "Apples"]);
  expect(fruit?.left).toBe(2);
});

test("the aisles come in the household's own order, then as in most shops, then those that nobody has put anywhere", () => {
  const usual = walkOf([]);
  const [first = "", second = "", third = ""] = usual;
  const names = ["Garden", third, second, first];
  expect(inOrder(names, usual)).toEqual([first, second, third, "Garden"]);
  expect(inOrder(names, walkOf([third]))).toEqual([third, first, second, "Garden"]);
});

test("an aisle that is moved comes where it was put, and no two others change places", () => {
  const walk = fc.uniqueArray(fc.constantFrom(..."ABCDEFGH"), { minLength: 2 });
  fc.assert(
    fc.property(walk, fc.nat(), fc.nat(), fc.nat(), (all, pick, place, hidden) => {
      const name = all[pick % all.length] ?? "";
      const shown = all.filter((one, index) => one === name || index !== hidden % all.length);
      const others = shown.filter((one) => one !== name);
      const before = others[place % (others.length + 1)] ?? null;
      const moved = movedAisle(all, shown, name, before);
      expect(moved.filter((one) => one !== name)).toEqual(all.filter((one) => one !== name));
      const seen = moved.filter((one) => shown.includes(one));
      expect(seen[seen.indexOf(name) + 1] ?? null).toBe(before);
    }),
  );
});

function linesOf(aisle: string, count: number): readonly LineView[] {
  return Array.from({ length: count }, (_, index) => view(`${aisle}${index}`, aisle, NOON));
}

test("two columns are as equally long as the aisles allow", () => {
  const lines = [...linesOf("A", 5), ...linesOf("B", 1), ...linesOf("C", 3)];
  const aisles = aislesOf(lines, ["A", "B", "C"]);
  expect(firstColumn(aisles)).toBe(1);
  expect(firstColumn(aisles.slice(0, 1))).toBe(1);
});
