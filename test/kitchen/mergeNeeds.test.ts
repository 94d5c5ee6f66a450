import * as fc from "fast-check";
import { expect, test } from "vitest";

import { addTotals, measuresOf, type Total } from "../../kitchen/addUp.ts";
import { type Bought, type ListWrite, type MadeLine, mergeNeeds } from "../../kitchen/mergeNeeds.ts";
import { needsOf, type PlannedDish, type RecipeLine } from "../../kitchen/needs.ts";
import { showLine } from "../../kitchen/showLine.ts";

const NOTHING: ReadonlySet<string> = new Set();

/** A list, on which plans and people do what they do. */
class List {
  lines: readonly MadeLine[] = [];
  readonly bought: Bought[] = [];
  #ids = 0;

  /** Makes the list from a plan. Answers what was done. */
  make(planId: string, dishes: readonly PlannedDish[], staples = NOTHING): readonly ListWrite[] {
    const newId = () => `line-${String(this.#ids++).padStart(4, "0")}`;
    const writes = mergeNeeds(planId, needsOf(dishes, staples), {
      lines: this.lines,
      bought: this.bought,
      newId,
    });
    const touched = new Set(writes.map(({ line }) => line.id));
    const kept = this.lines.filter(({ id }) => !touched.has(id));
    this.lines = [...kept, ...writes.flatMap(({ kind, line }) => (kind === "remove" ? [] : [line]))];
    return writes;
  }

  /** Ticks the lines, or takes the tick away. */
  tick(isToBe: (line: MadeLine) => boolean): void {
    this.lines = this.lines.map((line) => ({ ...line, isFixed: isToBe(line) }));
  }

  /** Takes the ticked lines off. */
  clear(): void {
    this.bought.push(...this.lines.filter(({ isFixed }) => isFixed));
    this.lines = this.lines.filter(({ isFixed }) => !isFixed);
  }

  /** What is on it, in any order. */
  get texts(): readonly string[] {
    return this.lines.map(({ shares }) => showLine(shares).text).toSorted();
  }

  /** What it has for a plan in all, by key. */
  totals(planId: string): ReadonlyMap<string, Total> {
    const all = new Map<string, Total>();
    for (const { key, shares } of [...this.lines, ...this.bought])
      for (const share of shares.filter((one) => one.planId === planId))
        all.set(key, addTotals(all.get(key) ?? new Map(), share.total));
    return all;
  }
}

function dish(title: string, lines: readonly (readonly [number | null, string, string])[], factor = 1) {
  const ingredients = lines.map(([quantity, unit, name]) => ({ quantity, unit, name }));
  return { title, factor, ingredients };
}

const recipeLine: fc.Arbitrary<RecipeLine> = fc.oneof(
  fc.record({
    quantity: fc.constantFrom(0.5, 1, 2, 3, 100, 250, 1 / 3),
    unit: fc.constantFrom("", "g", "kg", "oz", "ml", "tbsp", "EL", "cup", "bunch"),
    name: fc.constantFrom("onion", "Onions", "flour", "milk"),
  }),
  fc.record({
    quantity: fc.constant(null),
    unit: fc.constant(""),
    name: fc.constantFrom("some salt", "2-3 onions"),
  }),
);

const dishes: fc.Arbitrary<readonly PlannedDish[]> = fc.array(
  fc.record({
    title: fc.constantFrom("Soup", "Cake", "Stew"),
    factor: fc.constantFrom(1, 2, 1 / 2, 2 / 3),
    ingredients: fc.array(recipeLine, { maxLength: 5 }),
  }),
  { maxLength: 4 },
);

const ticks = fc.func(fc.boolean()).map(
  (choose) =>
    ({ id }: MadeLine) =>
      choose(id),
);

test("making it again from the same plan changes nothing, whatever is ticked or was taken off since", () => {
  fc.assert(
    fc.property(dishes, dishes, ticks, fc.boolean(), (first, second, isTicked, clears) => {
      const list = new List();
      list.make("this week", first);
      list.tick(isTicked);
      if (clears) list.clear();
      list.make("this week", second);
      expect(list.make("this week", second)).toEqual([]);
    }),
  );
});

test("what was bought and taken off the list is not asked for again", () => {
  fc.assert(
    fc.property(dishes, (needed) => {
      const list = new List();
      list.make("this week", needed);
      list.tick(() => true);
      list.clear();
      expect(list.make("this week", needed)).toEqual([]);
    }),
  );
});

test("a ticked line is never touched", () => {
  fc.assert(
    fc.property(dishes, dishes, ticks, (first, second, isTicked) => {
      const list = new List();
      list.make("this week", first);
      list.tick(isTicked);
      const ticked = list.lines.filter(({ isFixed }) => isFixed);
      list.make("this week", second);
      list.make("next week", first);
      expect(list.lines.filter(({ isFixed }) => isFixed)).toEqual(ticked);
    }),
  );
});

test("with what was bought there is always enough, and without ticks exactly what is needed", () => {
  fc.assert(
    fc.property(dishes, dishes, ticks, (first, second, isTicked) => {
      const list = new List();
      list.make("this week", first);
      list.tick(isTicked);
      list.clear();
      list.make("this week", second);
      const totals = list.totals("this week");
      for (const { key, total } of needsOf(second, NOTHING)) {
        const missing = mergeNeeds("this week", [{ key, total, name: "x", dishes: [] }], {
          lines: list.lines.map((line) => ({ ...line, isFixed: true })),
          bought: list.bought,
          newId: () => "new",
        });
        expect(missing.filter(({ line }) => line.key === key)).toEqual([]);
        if (list.bought.length === 0)
          expect(measuresOf(totals.get(key) ?? new Map())).toEqual(measuresOf(total));
      }
    }),
  );
});

test("several plans add up, and are made in any order", () => {
  fc.assert(
    fc.property(dishes, dishes, (one, two) => {
      const [here, there] = [new List(), new List()];
      here.make("1", one);
      here.make("2", two);
      there.make("2", two);
      there.make("1", one);
      expect(here.texts).toEqual(there.texts);
    }),
  );
});

test("a plan that needs nothing any more leaves what others need, and what is ticked", () => {
  fc.assert(
    fc.property(dishes, dishes, (one, two) => {
      const [list, other] = [new List(), new List()];
      other.make("2", two);
      list.make("1", one);
      list.make("2", two);
      list.make("1", []);
      expect(list.texts).toEqual(other.texts);
    }),
  );
});

test("what is needed beyond what was ticked is a second line, and no more than that", () => {
  const list = new List();
  list.make("p", [dish("Soup", [[300, "g", "carrots"]])]);
  list.tick(() => true);
  list.make("p", [dish("Soup", [[300, "g", "carrots"]]), dish("Cake", [[0.5, "kg", "carrot"]])]);
  expect(list.texts).toEqual(["300 g carrots", "500 g carrots"]);
  list.make("p", [dish("Soup", [[100, "g", "carrots"]])]);
  expect(list.texts).toEqual(["300 g carrots"]);
});

test("a line says which dishes need it, each once", () => {
  const list = new List();
  list.make("p", [
    dish("Soup", [[1, "", "onion"]]),
    dish("Stew", [[2, "", "onions"]]),
    dish("Soup", [[1, "", "onion"]]),
  ]);
  expect(list.lines.map(({ shares }) => showLine(shares))).toEqual([
    { text: "4 onions", quantity: 4, unit: "", name: "onions", dishes: ["Soup", "Stew"] },
  ]);
});

test("what is measured in two kinds is two lines, what can't be read stays, and a staple is left out", () => {
  const list = new List();
  const soup = dish("Soup", [
    [200, "g", "tomatoes, chopped"],
    [2, "tins", "tomatoes"],
    [1, "tin", "Tomatoes"],
    [null, "", "2-3 onions"],
    [null, "", "2-3 Onions"],
    [null, "", "some salt"],
    [5, "g", "Salt"],
    [2, "tbsp", "olive oil"],
  ]);
  list.make("p", [soup], new Set(["salt"]));
  expect(list.texts).toEqual(["2 tbsp olive oil", "2-3 onions", "200 g tomatoes", "3 tins tomatoes"]);
});

test("pieces are named as many as there are", () => {
  const list = new List();
  const lines = [
    [1, "", "apple"],
    [2, "", "red onions"],
    [1, "", "Zwiebel"],
    [1, "", "Wirsing"],
  ] as const;
  list.make("p", [dish("Crumble", lines)]);
  expect(list.texts).toEqual(["1 Wirsing", "1 Zwiebel", "1 apple", "2 red onions"]);
  list.make("p", [dish("Crumble", lines, 1 / 2)]);
  expect(list.texts).toEqual(["1 red onion", "½ Wirsing", "½ Zwiebel", "½ apple"]);
  list.make("p", [dish("Crumble", lines), dish("Cake", lines)]);
  expect(list.texts).toEqual(["2 Wirsing", "2 Zwiebeln", "2 apples", "4 red onions"]);
});

test("what is planned for other numbers of people is bought for them", () => {
  const list = new List();
  list.make("p", [
    dish(
      "Soup",
      [
        [1, "kg", "leeks"],
        [3, "", "eggs"],
      ],
      2 / 3,
    ),
  ]);
  expect(list.texts).toEqual(["2 eggs", "667 g leeks"]);
});
