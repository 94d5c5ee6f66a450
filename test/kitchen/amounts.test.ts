import * as fc from "fast-check";
import { expect, test } from "vitest";

import { exactly } from "../../kitchen/Amount.ts";
import { readIngredient } from "../../kitchen/readIngredient.ts";
import { scaleAmount, scaleQuantity } from "../../kitchen/scaleAmount.ts";
import { showAmount } from "../../kitchen/showAmount.ts";
import { UNITS } from "../../kitchen/unitTable.ts";

const METRIC = ["g", "kg", "ml", "l", "Gramm"];
const spellings = fc.constantFrom(...UNITS.flatMap(({ one, many, also }) => [one, many, ...also]));
const fractions = fc
  .tuple(fc.integer({ min: 0, max: 300 }), fc.constantFrom(0, 1 / 8, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4))
  .map(([whole, part]) => whole + part)
  .filter((quantity) => quantity > 0);
const quantities = fc.double({ min: 0.001, max: 100_000, noNaN: true });

test("what cooks write as a fraction is shown as one, and read as the same amount", () => {
  const units = spellings.filter((unit) => unit !== "");
  fc.assert(
    fc.property(fractions, units, (quantity, unit) => {
      const { amount } = readIngredient(`${showAmount(exactly(quantity), "cup")} ${unit} flour`);
      expect(amount?.from).toBeCloseTo(quantity, 12);
      expect(amount?.to).toBe(amount?.from);
    }),
  );
});

test("a range that is shown is read as the same range", () => {
  fc.assert(
    fc.property(fractions, fractions, (one, other) => {
      fc.pre(one !== other);
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      // A whole number before a fraction, as in 1-½, is a mixed number to some: that one never arises, it goes down.
      const { amount } = readIngredient(`${showAmount({ from, to }, "")} leeks`);
      expect(amount?.from).toBeCloseTo(from, 12);
      expect(amount?.to).toBeCloseTo(to, 12);
    }),
  );
});

test("whatever is shown is read, and shown again in the same way, within half a per cent", () => {
  fc.assert(
    fc.property(quantities, spellings, (quantity, unit) => {
      const shown = showAmount(exactly(quantity), unit);
      const { amount } = readIngredient(`${shown} leeks`);
      expect(amount && showAmount(amount, unit)).toBe(shown);
      expect(Math.abs((amount?.from ?? 0) - quantity)).toBeLessThanOrEqual(quantity * 0.005_01 + 0.000_51);
    }),
  );
});

test.each([
  [0.5, "cup", "½"],
  [1.5, "", "1½"],
  [2 / 3, "cups", "⅔"],
  [0.3333, "tsp", "⅓"],
  [1.5, "kg", "1.5"],
  [333.333, "g", "333"],
  [0.05, "l", "0.05"],
  [0.0001, "g", "0.001"],
  [0, "g", "0"],
  [1.2, "", "1.2"],
])("%d of “%s” is written %s", (quantity, unit, shown) => {
  expect(showAmount(exactly(quantity), unit)).toBe(shown);
});

test("a recipe for other numbers of people and back is the same recipe", () => {
  const people = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(fractions, people, people, (quantity, from, to) => {
      const there = scaleQuantity(quantity, to / from);
      expect(scaleQuantity(there, from / to)).toBeCloseTo(quantity, 4);
    }),
  );
});

test("a third of three is one, and half of one is a half: what comes out is what cooks would write", () => {
  expect(showAmount(scaleAmount(exactly(3), 1 / 3), "")).toBe("1");
  expect(showAmount(scaleAmount(exactly(1), 2 / 3), "cup")).toBe("⅔");
  expect(showAmount(scaleAmount({ from: 2, to: 3 }, 1 / 2), "")).toBe("1-1½");
});

test("metric amounts are never written as fractions", () => {
  fc.assert(
    fc.property(quantities, fc.constantFrom(...METRIC), (quantity, unit) => {
      expect(showAmount(exactly(quantity), unit)).toMatch(/^[\d.]+$/u);
    }),
  );
});
