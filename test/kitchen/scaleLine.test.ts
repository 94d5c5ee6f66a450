import * as fc from "fast-check";
import { expect, test } from "vitest";

import { scaleLine } from "../../kitchen/scaleLine.ts";

function scaled(line: string, factor: number): string {
  const { amount, rest } = scaleLine(line, factor);
  return [amount, rest].filter(Boolean).join(" ");
}

test.each([
  ["1½ cups flour, sifted", 2, "3 cups flour, sifted"],
  ["2-3 onions", 2, "4-6 onions"],
  ["500g Mehl", 0.5, "250 g Mehl"],
  ["1 egg", 0.5, "½ egg"],
  ["salt, to taste", 3, "salt, to taste"],
  ["some salt", 3, "some salt"],
  ["2 x 400 g tomatoes", 2, "2 x 400 g tomatoes"],
] as const)("“%s” for %s times as many people is “%s”", (line, factor, expected) => {
  expect(scaled(line, factor)).toBe(expected);
});

test("for as many people as it was written for, every line is what its author wrote", () => {
  const line = fc.tuple(
    fc.constantFrom("", "1 ", "1½ cups ", "2-3 ", "500g ", "a pinch of ", "1/2 tsp. "),
    fc.string({ minLength: 1 }),
  );
  fc.assert(
    fc.property(line, ([start, end]) => {
      const text = (start + end).trim();
      const { amount, rest } = scaleLine(text, 1);
      expect((amount + rest).replaceAll(/\s+/g, "")).toBe(text.replaceAll(/\s+/g, ""));
    }),
  );
});
