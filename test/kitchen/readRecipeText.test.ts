import * as fc from "fast-check";
import { expect, test } from "vitest";

import { readRecipeText } from "../../kitchen/readRecipeText.ts";

test("a recipe under headings is read, with for how many people it is", () => {
  const text = `
    # Leek soup

    A soup for cold days.
    Source: https://soups.example/leek
    ## Ingredients (serves 4)
    For the soup:
    - 2-3 leeks
    * 1½ l stock
    salt
    **Method**
    1. Cut the leeks.
    Step 2: Cook them.
    Serve hot.
    Notes:
    Keeps for 3 days.`;
  expect(readRecipeText(text)).toEqual({
    title: "Leek soup",
    servings: 4,
    ingredients: ["2-3 leeks", "1½ l stock", "salt"],
    steps: ["Cut the leeks.", "Cook them.", "Serve hot."],
    source: "https://soups.example/leek",
    unread: ["A soup for cold days.", "For the soup:", "Keeps for 3 days."],
  });
});

test("a German recipe is read likewise", () => {
  const text = "Pfannkuchen\r\nZutaten für 2 Personen:\r\n200 g Mehl\r\netwas Salz\r\nZubereitung\r\nRühren.";
  expect(readRecipeText(text)).toEqual({
    title: "Pfannkuchen",
    servings: 2,
    ingredients: ["200 g Mehl", "etwas Salz"],
    steps: ["Rühren."],
    source: null,
    unread: [],
  });
});

test("without headings, lines with an amount are ingredients and numbered ones are steps; all else is for the person", () => {
  const text = "Toast\n2 slices bread\n1/2 tsp butter\nsome jam\n1. Toast it.\n2) Eat it.\nEnjoy!";
  expect(readRecipeText(text)).toMatchObject({
    title: "Toast",
    ingredients: ["2 slices bread", "1/2 tsp butter"],
    steps: ["Toast it.", "Eat it."],
    unread: ["some jam", "Enjoy!"],
  });
});

test("nothing is guessed: no title, no people and no heading where the text has none", () => {
  expect(readRecipeText("200 g flour")).toEqual({
    title: "",
    ingredients: ["200 g flour"],
    steps: [],
    source: null,
    unread: [],
  });
  const text = "Buns\nMakes 12\nServes 4-6\nIngredients should be warm.";
  expect(readRecipeText(text)).toMatchObject({ unread: text.split("\n").slice(1) });
  expect(readRecipeText(text)).not.toHaveProperty("servings");
});

const HEADINGS = ["Ingredients", "## Method:", "Zutaten", "Zubereitung", "Notes"];
const words = fc.constantFrom(
  "flour",
  "2",
  "½",
  "g",
  "Mix",
  "well.",
  "1.",
  "für",
  "Source:",
  "–",
  "(",
  "Ärger",
  "4-6",
);
const line = fc.oneof(
  { weight: 4, arbitrary: fc.array(words, { minLength: 1, maxLength: 5 }).map((some) => some.join(" ")) },
  { weight: 1, arbitrary: fc.string({ minLength: 1 }).map((some) => some.replaceAll(/\s+/gu, " ").trim()) },
);
const text = fc.array(
  fc.oneof({ weight: 6, arbitrary: line }, { weight: 1, arbitrary: fc.constantFrom(...HEADINGS, "") }),
);

/** What may be left out of a line: its marks in a list, and that it names its source. */
const MARKS = /^(?:[-–*#\d.)\s]*|source:\s*)$/i;

function holds(read: string, given: string): boolean {
  return given.endsWith(read) && MARKS.test(given.slice(0, given.length - read.length));
}

test("every line of a text is in what was read, and nothing else is", () => {
  fc.assert(
    fc.property(text, (lines) => {
      const given = lines.map((one) => one.trim()).filter((one) => one !== "" && !HEADINGS.includes(one));
      const { title, servings, ingredients, steps, source, unread } = readRecipeText(lines.join("\n"));
      const read = [title, source ?? "", ...ingredients, ...steps, ...unread].filter(Boolean);
      const lost = given.filter((one) => !read.some((some) => holds(some, one)));
      const invented = read.filter((some) => !given.some((one) => holds(some, one)));
      expect(invented).toEqual([]);
      // A line that says for how many people it is, is read: of two that are alike, one.
      const understood = servings === undefined ? 0 : 1;
      expect(lost.length).toBeLessThanOrEqual(understood);
      expect(read).toHaveLength(given.length - understood);
    }),
    { numRuns: 2000 },
  );
});
