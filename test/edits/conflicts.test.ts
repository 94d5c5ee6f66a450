import * as fc from "fast-check";
import { expect, test } from "vitest";

import { mergeLines } from "../../protocol/mergeLines.ts";
import { textOf } from "../../protocol/sameValue.ts";
import type { Failure } from "../../web/api/request.ts";
import { alterationOf } from "../../web/edits/alteration.ts";
import { conflictOf, resolved, type Choice } from "../../web/edits/conflict.ts";
import { linePieces, type LinePiece } from "../../web/edits/linePieces.ts";
import { markDifferences } from "../../web/edits/markDifferences.ts";
import type { Work } from "../../web/edits/work.ts";

const MINE: Choice = () => "mine";
const THEIRS: Choice = () => "theirs";

function change(wanted: object, seen: object): Work {
  return { kind: "entry", planId: "p", edit: { kind: "change", entryId: "1", change: wanted, seen } };
}

function recipeChange(wanted: object, seen: object): Work {
  return { kind: "recipe", recipeId: "r", edit: { kind: "change", change: wanted, seen } };
}

function overtaken(current: object): Failure {
  return { code: "changed-meanwhile", message: "Somebody was faster", fields: [], current };
}

/** The conflict of an edit with what is stored; fails where there is none. */
function conflict(work: Work, current: object) {
  const found = conflictOf(work, overtaken(current));
  if (!found) throw new Error("There is no conflict");
  return found;
}

test("only fields that both have changed, to different values, are asked about", () => {
  const work = change({ note: "mine", servings: 3, title: "Stew" }, { note: "", servings: 2, title: "Soup" });
  const { fields } = conflict(work, { note: "hers", servings: 3, title: "Soup" });
  expect(fields).toEqual([{ name: "note", mine: "mine", theirs: "hers", pieces: null }]);
  expect(conflictOf(work, overtaken({ note: "", servings: 2, title: "Soup" }))).toBeNull();
  expect(conflictOf(work, { ...overtaken({ note: "hers" }), code: "not-found" })).toBeNull();
});

test("what is kept of one's own goes out with what one was shown; the fields in no question stay as they were", () => {
  const work = change({ note: "mine", servings: 3 }, { note: "", servings: 2 });
  const chosen = resolved(work, conflict(work, { note: "hers", servings: 2 }), MINE);
  expect(chosen && alterationOf(chosen)).toEqual({
    change: { note: "mine", servings: 3 },
    was: { note: "hers", servings: 2 },
  });
});

test("what the other wrote is kept by not sending that field; when nothing is left, nothing is sent", () => {
  const both = change({ note: "mine", servings: 3 }, { note: "", servings: 2 });
  const chosen = resolved(both, conflict(both, { note: "hers", servings: 2 }), THEIRS);
  expect(chosen && alterationOf(chosen)).toEqual({ change: { servings: 3 }, was: { servings: 2 } });
  const one = change({ note: "mine" }, { note: "" });
  expect(resolved(one, conflict(one, { note: "hers" }), THEIRS)).toBeNull();
});

test("of a list only the lines are asked about that can't be merged, and each for itself", () => {
  const work = recipeChange({ steps: ["a", "B", "c", "D"] }, { steps: ["a", "b", "c", "d"] });
  const found = conflict(work, { steps: ["A", "x", "c", "y"] });
  expect(found.fields[0]?.pieces).toEqual([
    { kind: "agreed", lines: ["A"] },
    { kind: "open", mine: ["B"], theirs: ["x"] },
    { kind: "agreed", lines: ["c"] },
    { kind: "open", mine: ["D"], theirs: ["y"] },
  ]);
  const chosen = resolved(work, found, (_field, piece) => (piece === 1 ? "mine" : "theirs"));
  expect(chosen && alterationOf(chosen)?.change).toEqual({ steps: ["A", "B", "c", "y"] });
});

const lines = fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 7 });

/** The list when one side is picked wherever there is a question. */
function picked(pieces: readonly LinePiece[], side: "mine" | "theirs"): readonly unknown[] {
  return pieces.flatMap((piece) => (piece.kind === "agreed" ? piece.lines : piece[side]));
}

test("lists that can be merged are, as the server does it; otherwise something is asked", () => {
  fc.assert(
    fc.property(lines, lines, lines, (base, mine, theirs) => {
      const pieces = linePieces(base, mine, theirs);
      const merged = mergeLines(base, mine, theirs, textOf);
      if (merged) expect(picked(pieces, "mine")).toEqual(merged);
      else expect(pieces.some(({ kind }) => kind === "open")).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("whoever is the only one to have changed a list gets it as they wrote it, whichever side is picked", () => {
  fc.assert(
    fc.property(lines, lines, (base, changed) => {
      expect(picked(linePieces(base, changed, base), "theirs")).toEqual(changed);
      expect(picked(linePieces(base, base, changed), "mine")).toEqual(changed);
    }),
  );
});

test("what differs between two texts is marked by the word", () => {
  expect(markDifferences("hot, with good bread", "hot, with noodles")).toEqual([
    { text: "hot, with ", differs: false },
    { text: "good bread", differs: true },
  ]);
  expect(markDifferences("same", "same")).toEqual([{ text: "same", differs: false }]);
  expect(markDifferences("", "all new")).toEqual([]);
});

test("marking what differs changes no letter of a text", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const parts = markDifferences(one, other);
      expect(parts.map(({ text }) => text).join("")).toBe(one);
    }),
  );
});
