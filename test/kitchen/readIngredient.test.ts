import { expect, test } from "vitest";

import { exactly } from "../../kitchen/Amount.ts";
import { readIngredient } from "../../kitchen/readIngredient.ts";
import { showAmount } from "../../kitchen/showAmount.ts";
import { showUnit, unitId } from "../../kitchen/units.ts";

test.each([
  ["1½ cups flour, sifted", 1.5, "cups", "flour, sifted"],
  ["1 ½ cups flour", 1.5, "cups", "flour"],
  ["1 1/2 cups of flour", 1.5, "cups", "flour"],
  ["1-1/2 cups flour", 1.5, "cups", "flour"],
  ["1/2 lemon", 0.5, "", "lemon"],
  ["1⁄2 lemon", 0.5, "", "lemon"],
  ["⅓ cup oil", 1 / 3, "cup", "oil"],
  ["1.5 kg potatoes", 1.5, "kg", "potatoes"],
  ["1,5 kg Kartoffeln", 1.5, "kg", "Kartoffeln"],
  ["0,125 l Milch", 0.125, "l", "Milch"],
  ["500g Mehl Typ 405", 500, "g", "Mehl Typ 405"],
  ["500 g Mehl", 500, "g", "Mehl"],
  ["2 EL Olivenöl", 2, "EL", "Olivenöl"],
  ["2 Tbsp. oil", 2, "Tbsp", "oil"],
  ["2 fl oz rum", 2, "fl oz", "rum"],
  ["1 tsp xanthan gum", 1, "tsp", "xanthan gum"],
  ["3 eggs", 3, "", "eggs"],
  ["2 large onions", 2, "", "large onions"],
  ["2 garlic cloves", 2, "", "garlic cloves"],
  ["1 (400 g) tin tomatoes", 1, "", "(400 g) tin tomatoes"],
  ["a pinch of salt", 1, "pinch", "salt"],
  ["eine Prise Salz", 1, "Prise", "Salz"],
  ["half a lemon", 0.5, "", "lemon"],
  ["two eggs", 2, "", "eggs"],
  ["ein Ei", 1, "", "Ei"],
  ["½ Bund Petersilie", 0.5, "Bund", "Petersilie"],
])("“%s” is read as its cook means it", (line, quantity, unit, name) => {
  expect(readIngredient(line)).toEqual({ amount: exactly(quantity), unit, name });
});

test.each([
  ["2-3 onions", 2, 3, "", "onions"],
  ["2–3 onions", 2, 3, "", "onions"],
  ["2 to 3 tbsp capers", 2, 3, "tbsp", "capers"],
  ["2 bis 3 Zwiebeln", 2, 3, "", "Zwiebeln"],
  ["½-1 tsp chilli", 0.5, 1, "tsp", "chilli"],
  ["1 - 1½ l stock", 1, 1.5, "l", "stock"],
])("“%s” is read as a range", (line, from, to, unit, name) => {
  expect(readIngredient(line)).toEqual({ amount: { from, to }, unit, name });
});

test.each([
  ["some salt", "salt"],
  ["salt, to taste", "salt"],
  ["Salt and pepper (to taste)", "Salt and pepper"],
  ["Salz nach Geschmack", "Salz"],
  ["etwas Öl", "Öl"],
  ["ein paar Blätter Basilikum", "Blätter Basilikum"],
  ["a few mint leaves", "mint leaves"],
  ["parsley", "parsley"],
])("“%s” has no amount, and a name", (line, name) => {
  expect(readIngredient(line)).toEqual({ amount: null, unit: "", name });
});

test.each([
  "1,500 g flour",
  "1.500 g Mehl",
  "1 500 g flour",
  "3-2 onions",
  "2 x 400 g tins tomatoes",
  "2 × 225 g halloumi",
  "500 g/1 lb flour",
  "1 cup/250 ml milk",
  "1 cup plus 2 tbsp sugar",
  "1 and 1/2 cups rice",
  "7up",
  "2% milk",
  "5-spice powder",
  "1/0 lemon",
  "0 eggs",
  "500 g",
  "3 cloves",
  "a 400 g tin of tomatoes",
  "1/2/3 peppers",
  "12,5,6 leeks",
  "99999999 eggs",
  "",
  "   ",
  "-2 eggs",
])("“%s” can't be read for certain, and stays exactly as it was written", (line) => {
  expect(readIngredient(line)).toEqual({ amount: null, unit: "", name: line });
});

test.each([
  "1 tin chickpeas",
  "2 tins chickpeas",
  "½ bunch dill",
  "1½ cups flour",
  "3 Zehen Knoblauch",
  "1.5 kg potatoes",
  "2-3 cloves garlic",
])("“%s” is written again as it was read", (line) => {
  const { amount, unit, name } = readIngredient(line);
  const shown = amount && showAmount(amount, unit);
  expect(`${shown} ${showUnit(unitId(unit), amount?.to ?? 0)} ${name}`).toBe(line);
});
