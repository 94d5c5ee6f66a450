import { expect, test } from "vitest";

import { sameValue } from "../../protocol/sameValue.ts";

test("values that look alike to a person are the same: other order of fields, blanks around, letters in parts", () => {
  const stored = { unit: "g", name: "Cre\u0301me fraiche ", amount: [{ b: 1, a: null }] };
  const typed = { name: "Cr\u00e9me fraiche", amount: [{ a: null, b: 1 }], unit: " g" };
  expect(sameValue(stored, typed)).toBe(true);
});

test("values that differ to a person are not: order of a list, a list and what only looks like one, nothing and an empty text", () => {
  expect(sameValue(["salt", "oil"], ["oil", "salt"])).toBe(false);
  expect(sameValue(["salt"], { 0: "salt" })).toBe(false);
  expect(sameValue(null, "")).toBe(false);
  expect(sameValue("Salt", "salt")).toBe(false);
});
