import { expect, test } from "vitest";

import { aisleOf } from "../../kitchen/aisleOf.ts";
import { AISLES } from "../../kitchen/aisles.ts";
import { nameKey } from "../../kitchen/nameKey.ts";

test.each([
  ["red onions", "Fruit and veg"],
  ["Zwiebeln, fein gehackt", "Fruit and veg"],
  ["chicken stock", "Spices and oils"],
  ["boneless chicken thighs", "Meat and fish"],
  ["coconut milk", "Tins and jars"],
  ["Kokosmilch", "Tins and jars"],
  ["oat milk", "Dairy and eggs"],
  ["Eier", "Dairy and eggs"],
  ["peanut butter", "Tins and jars"],
  ["Vollkornmehl", "Baking"],
  ["Basmatireis", "Pasta, rice and grains"],
  ["Reis", "Pasta, rice and grains"],
  ["Eis", "Frozen"],
  ["ground black pepper", "Spices and oils"],
  ["yellow peppers", "Fruit and veg"],
  ["toilet paper", "Household"],
  ["a present for Grandma", "Other"],
])("%s are likely to be in “%s”", (name, aisle) => {
  expect(aisleOf(name, new Map())).toBe(aisle);
});

test("what the household has put elsewhere is there, in the singular and plural", () => {
  const corrections = new Map([[nameKey("Eggs"), "By the till"]]);
  expect(aisleOf("egg", corrections)).toBe("By the till");
  expect(aisleOf("EGGS, beaten", corrections)).toBe("By the till");
});

test("no thing is in two aisles", () => {
  const phrases = Object.values(AISLES).flatMap((words) => words.split(", "));
  expect(phrases.length - new Set(phrases).size).toBe(0);
});
