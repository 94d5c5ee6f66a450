import { assert, constantFrom, property, string } from "fast-check";
import { describe, expect, test } from "vitest";

import { Dice } from "../../web/art/Dice.ts";
import { drawDish, type Drawing } from "../../web/art/drawDish.ts";
import type { Piece } from "../../web/art/pieces.ts";
import { recognise } from "../../web/art/recognise.ts";

const FRAMES = ["square", "wide", "tall"] as const;
const PATH = /^[MLHVCQTAZmlhvcqtaz0-9 ,.-]+$/;
const COLOUR = /^#(?:[0-9a-f]{6}|[0-9a-f]{8})$/i;

function piecesOf({ cloth, vessel, food }: Drawing): readonly Piece[] {
  return [...cloth.pieces, ...vessel, ...food.flatMap(({ pieces }) => pieces)];
}

function foodsOf(title: string): readonly string[] {
  return recognise(title, new Dice(title)).portions.map(({ food }) => food);
}

function vesselOf(title: string): string {
  return recognise(title, new Dice(title)).vessel;
}

test("the same title is the same picture, however often it is drawn and however it is spelt", () => {
  assert(
    property(string({ unit: "grapheme" }), constantFrom(...FRAMES), (title, frame) => {
      expect(drawDish(title, frame)).toEqual(drawDish(title, frame));
    }),
  );
  expect(drawDish("FRIDAY PIZZA ", "square").food).toEqual(drawDish("Friday pizza", "square").food);
});

test("different titles are different pictures, even when they name the same food", () => {
  const titles = [
    "Tomato soup",
    "Grandma's tomato soup",
    "Tomato soup for Monday",
    "Lentil soup",
    "Dinner",
    "Lunch",
  ];
  const pictures = new Set(titles.map((title) => JSON.stringify(drawDish(title, "square"))));
  expect(pictures.size).toBe(titles.length);
});

describe("the words of a title choose the food and what it is served in:", () => {
  test.each([
    ["Friday pizza", "pizza", "board"],
    ["Salmon with dill and new potatoes", "salmon", "plate"],
    ["Chickpea and spinach curry", "chickpea", "bowl"],
    ["Halloumi and pepper traybake", "halloumi", "tray"],
    ["Prawn fried rice", "prawn", "pan"],
    ["Tomato soup", "tomato", "bowl"],
    ["Pilzsuppe", "mushroom", "bowl"],
  ])("%s", (title, food, vessel) => {
    expect(foodsOf(title)).toContain(food);
    expect(vesselOf(title)).toBe(vessel);
  });

  test("a part of another word chooses nothing", () => {
    expect(foodsOf("Piece of peace")).not.toContain("pie");
    expect(foodsOf("Phone a friend")).not.toContain("nest");
  });

  test("without a title the plate is empty", () => {
    expect(drawDish("  ", "square").food).toEqual([]);
  });
});

describe("every title is drawn,", () => {
  const ODD = {
    "of emoji": "🍕🔥👨‍👩‍👧‍👦",
    empty: "",
    "as long as titles may be": "Wurst ".repeat(34).slice(0, 200),
    "from right to left": "שקשוקה עם פטה",
    "of markup": `"><script>alert(1)</script><img src=x onerror=alert(1)>`,
  };

  test.each(Object.entries(ODD))("%s", (_, title) => {
    for (const frame of FRAMES) expect(drawDish(title, frame).vessel.length).toBeGreaterThan(0);
  });

  test("and nothing of it gets into the drawing but paths and colours of our own", () => {
    assert(
      property(string({ unit: "grapheme", maxLength: 200 }), constantFrom(...FRAMES), (title, frame) => {
        for (const { d, colour } of piecesOf(drawDish(title, frame))) {
          expect(d).toMatch(PATH);
          expect(colour).toMatch(COLOUR);
        }
      }),
    );
    for (const { d } of piecesOf(drawDish(ODD["of markup"], "square"))) expect(d).toMatch(PATH);
  });
});

test("food lies within what it is served in", () => {
  assert(
    property(string(), (title) => {
      for (const { x, y } of drawDish(`${title} soup`, "square").food) {
        expect(Math.hypot(x, y)).toBeLessThan(100);
      }
    }),
  );
});
