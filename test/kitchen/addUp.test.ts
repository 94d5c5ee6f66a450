import * as fc from "fast-check";
import { expect, test } from "vitest";

import { addTotals, measuresOf, type Total, totalOf } from "../../kitchen/addUp.ts";
import { rootOf, unitId } from "../../kitchen/units.ts";
import { UNITS } from "../../kitchen/unitTable.ts";

const spellings = UNITS.flatMap(({ one, many, also }) => [one, many, ...also]);
const part = fc.record({
  quantity: fc.double({ min: 0.001, max: 5000, noNaN: true }),
  unit: fc.oneof(fc.constantFrom(...spellings), fc.constantFrom("Päckli", "splash")),
});
const total = fc.array(part, { minLength: 1, maxLength: 6 }).map(sum);

function sum(parts: readonly { readonly quantity: number; readonly unit: string }[]): Total {
  return parts.map(({ quantity, unit }) => totalOf(quantity, unit)).reduce(addTotals);
}

test("it is all one in which order amounts are added", () => {
  fc.assert(
    fc.property(total, total, total, (one, two, three) => {
      expect(measuresOf(addTotals(one, two))).toEqual(measuresOf(addTotals(two, one)));
      const [left, right] = [addTotals(addTotals(one, two), three), addTotals(one, addTotals(two, three))];
      expect(measuresOf(left)).toEqual(measuresOf(right));
    }),
  );
});

test("what is of another kind stays apart: no mass becomes a volume, and a bunch adds to bunches only", () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
      const kinds = new Set(parts.map(({ unit }) => rootOf(unitId(unit))));
      const measured = measuresOf(sum(parts));
      expect(new Set(measured.map(({ unit }) => rootOf(unit)))).toEqual(kinds);
      expect(measured).toHaveLength(kinds.size);
    }),
  );
});

test("in one kind nothing is lost: each kind comes to what its parts are", () => {
  const grams = new Map(Object.entries({ g: 1, kg: 1000, Pfund: 500, oz: 28.349523125, lb: 453.59237 }));
  const mass = fc.record({
    quantity: fc.integer({ min: 1, max: 5000 }),
    unit: fc.constantFrom(...grams.keys()),
  });
  fc.assert(
    fc.property(fc.array(mass, { minLength: 1, maxLength: 8 }), (parts) => {
      const inGrams = (all: typeof parts) =>
        all.reduce((grains, { quantity, unit }) => grains + quantity * (grams.get(unit) ?? 0), 0);
      expect(inGrams([...measuresOf(sum(parts))]) / inGrams(parts)).toBeCloseTo(1, 9);
    }),
  );
});

test.each([
  [
    [
      [500, "g"],
      [1, "kg"],
    ],
    [[1.5, "kg"]],
  ],
  [
    [
      [300, "g"],
      [800, "grams"],
    ],
    [[1.1, "kg"]],
  ],
  [
    [
      [400, "ml"],
      [250, "ml"],
    ],
    [[650, "ml"]],
  ],
  [
    [
      [1, "lb"],
      [4, "oz"],
    ],
    [[20, "oz"]],
  ],
  [
    [
      [1, "lb"],
      [2, "pounds"],
    ],
    [[3, "lb"]],
  ],
  [
    [
      [1, "tbsp"],
      [2, "teaspoons"],
    ],
    [[5, "tsp"]],
  ],
  [
    [
      [1, "EL"],
      [1, "TL"],
    ],
    [[4, "TL"]],
  ],
  [
    [
      [1, "dozen"],
      [2, ""],
    ],
    [[14, ""]],
  ],
  [
    [
      [1, "tin"],
      [2, "cans"],
    ],
    [[3, "tin"]],
  ],
  [
    [
      [1 / 3, "cup"],
      [2 / 3, "cups"],
    ],
    [[1, "cup"]],
  ],
  [
    [
      [200, "g"],
      [1, "cup"],
      [100, "ml"],
    ],
    [
      [1, "cup"],
      [200, "g"],
      [100, "ml"],
    ],
  ],
  [
    [
      [1, "bunch"],
      [2, "cloves"],
      [1, "bunches"],
    ],
    [
      [2, "bunch"],
      [2, "clove"],
    ],
  ],
] as const)("%j comes to %j", (parts, expected) => {
  const measured = measuresOf(sum(parts.map(([quantity, unit]) => ({ quantity, unit }))));
  expect(measured).toEqual(expected.map(([quantity, unit]) => ({ quantity, unit })));
});
