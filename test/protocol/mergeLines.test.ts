import * as fc from "fast-check";
import { expect, test } from "vitest";

import { mergeLines } from "../../protocol/mergeLines.ts";
import { textOf } from "../../protocol/sameValue.ts";

const lines = fc.array(fc.constantFrom("salt", "flour", "milk", "eggs", "oil"), { maxLength: 8 });

/** What one person does to each line of a list, and which lines they add before it. */
interface Changes {
  readonly kept: readonly ("as it is" | "gone" | "changed")[];
  readonly added: readonly number[];
}

function changes(length: number): fc.Arbitrary<Changes> {
  return fc.record({
    kept: fc.array(fc.constantFrom("as it is" as const, "gone" as const, "changed" as const), {
      minLength: length,
      maxLength: length,
    }),
    added: fc.array(fc.nat({ max: 2 }), { minLength: length + 1, maxLength: length + 1 }),
  });
}

function made(base: readonly string[], { kept, added }: Changes, who: string): readonly string[] {
  const own = (at: number) =>
    Array.from({ length: added[at] ?? 0 }, (_, number) => `${who} adds ${at}.${number}`);
  const parts = base.map((line, at) => {
    const then = { "as it is": [line], gone: [], changed: [`${who} changes ${at}`] }[kept[at] ?? "gone"];
    return [...own(at), ...then];
  });
  return [...parts.flat(), ...own(base.length)];
}

/** A list of lines that are all different, and what two people do to it. */
const edits = fc.nat({ max: 7 }).chain((length) =>
  fc.record({
    base: fc.constant(Array.from({ length }, (_, line) => `line ${line}`)),
    ada: changes(length),
    grace: changes(length),
  }),
);

function merge(base: readonly string[], mine: readonly string[], theirs: readonly string[]) {
  return mergeLines(base, mine, theirs, textOf);
}

test("who changed nothing gets what the other made of the list", () => {
  fc.assert(
    fc.property(lines, lines, (base, next) => {
      expect(merge(base, base, next)).toEqual(next);
      expect(merge(base, next, base)).toEqual(next);
    }),
  );
});

test("what both did in the same way is done once", () => {
  fc.assert(fc.property(lines, lines, (base, next) => void expect(merge(base, next, next)).toEqual(next)));
});

test("what two people add to a list is all there, each line once, and untouched lines keep their order", () => {
  fc.assert(
    fc.property(edits, ({ base, ada, grace }) => {
      const onlyAdd = { kept: base.map(() => "as it is" as const) };
      const mine = made(base, { ...ada, ...onlyAdd }, "Ada");
      const theirs = made(base, { ...grace, ...onlyAdd }, "Grace");
      const merged = merge(base, mine, theirs) ?? [];
      expect([...merged].toSorted()).toEqual([...new Set([...mine, ...theirs])].toSorted());
      expect(merged.filter((line) => mine.includes(line))).toEqual(mine);
      expect(merged.filter((line) => theirs.includes(line))).toEqual(theirs);
    }),
  );
});

test("changes of different lines go together, whoever came first", () => {
  fc.assert(
    fc.property(edits, ({ base, ada, grace }) => {
      const added = [...base, ""].map(() => 0);
      const isHers = base.map((_, at) => ada.kept[at] === "changed");
      const mine = made(base, { kept: isHers.map((is) => (is ? "changed" : "as it is")), added }, "Ada");
      const others = grace.kept.map((what, at) => (what === "changed" && !isHers[at] ? what : "as it is"));
      const theirs = made(base, { kept: others, added }, "Grace");
      const both = base.map((line, at) => [mine[at], theirs[at]].find((text) => text !== line) ?? line);
      expect(merge(base, mine, theirs)).toEqual(both);
      expect(merge(base, theirs, mine)).toEqual(both);
    }),
  );
});

test("nothing that either wrote is lost, and nothing that either took away comes back, or it is a conflict for both", () => {
  fc.assert(
    fc.property(edits, ({ base, ada, grace }) => {
      const [mine, theirs] = [made(base, ada, "Ada"), made(base, grace, "Grace")];
      const merged = merge(base, mine, theirs);
      const swapped = merge(base, theirs, mine);
      if (merged === null || swapped === null) return void expect(merged).toBe(swapped);
      expect([...merged].toSorted()).toEqual([...swapped].toSorted());
      const [written, gone] = [
        [...mine, ...theirs].filter((line) => !base.includes(line)),
        base.filter((line) => !mine.includes(line) || !theirs.includes(line)),
      ];
      expect(merged).toEqual(expect.arrayContaining(written));
      expect(merged.filter((line) => gone.includes(line))).toEqual([]);
    }),
  );
});

function touches({ kept, added }: Changes, at: number): boolean {
  return kept[at] !== "as it is" || (added[at] ?? 0) > 0;
}

test("it is a conflict only where both changed the same lines, or lines around which the other added some", () => {
  fc.assert(
    fc.property(edits, ({ base, ada, grace }) => {
      const merged = merge(base, made(base, ada, "Ada"), made(base, grace, "Grace"));
      if (merged !== null) return;
      const both = base.map((_, at) => at).filter((at) => touches(ada, at) && touches(grace, at));
      expect(both).not.toEqual([]);
    }),
  );
});

test("the same line changed by both in two ways is a conflict", () => {
  expect(merge(["salt", "flour"], ["salt", "rye flour"], ["salt", "spelt flour"])).toBeNull();
  expect(merge(["salt", "flour"], ["salt"], ["salt", "spelt flour"])).toBeNull();
});

test("a line is the same line however its accents are composed", () => {
  const [composed, decomposed] = ["Crème".normalize("NFC"), "Crème".normalize("NFD")];
  expect(merge([decomposed], [composed, "salt"], [decomposed, "oil"])).toEqual([decomposed, "oil", "salt"]);
});

test("a list of a hundred thousand lines is merged, or refused, like any other", () => {
  const long = Array.from({ length: 100_000 }, (_, line) => `line ${line}`);
  expect(merge(long, [...long, "mine"], ["theirs", ...long])).toHaveLength(long.length + 2);
  expect(merge(long, ["mine"], ["theirs"])).toBeNull();
});
