import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextToSend, reconcile, supersededBy, type PendingEdit } from "../../web/edits/pendingEdit.ts";
import { readQueuedEdit } from "../../web/edits/readQueuedEdit.ts";
import { documentOf, targetOf, type Work } from "../../web/edits/work.ts";

const REFUSAL = { code: "invalid-body", message: "At most 50.", fields: [] } as const;

function change(planId: string, entryId: string, fields: object = { note: "hot" }): Work {
  return { kind: "entry", planId, edit: { kind: "change", entryId, change: fields, seen: { note: "" } } };
}

function pending(key: string, work: Work, kind: "waiting" | "saving" | "refused" | "saved"): PendingEdit {
  const refusal = kind === "refused" ? REFUSAL : null;
  const row = {
    key,
    account: "ada",
    order: Number(key),
    about: "Soup",
    work,
    isUndo: false,
    tries: 0,
    refusal,
  };
  return { row, isKept: true, state: kind === "saved" ? { kind, as: "2026", at: 0 } : { kind } };
}

const some: fc.Arbitrary<readonly PendingEdit[]> = fc
  .array(
    fc.record({
      plan: fc.constantFrom("p", "q"),
      entry: fc.constantFrom("1", "2"),
      kind: fc.constantFrom("waiting" as const, "saving" as const, "refused" as const, "saved" as const),
    }),
  )
  .map((list) => list.map(({ plan, entry, kind }, at) => pending(String(at), change(plan, entry), kind)));

test("of each document one edit goes out at a time, in order, and none overtakes a refused one of its dish", () => {
  fc.assert(
    fc.property(some, (edits) => {
      const next = nextToSend(edits);
      const documents = next.map(({ row }) => documentOf(row.work));
      expect(new Set(documents).size).toBe(next.length);
      for (const one of next) {
        const before = edits.slice(0, edits.indexOf(one));
        const sameDocument = before.filter(({ row }) => documentOf(row.work) === documentOf(one.row.work));
        const sameTarget = sameDocument.filter(({ row }) => targetOf(row.work) === targetOf(one.row.work));
        expect(one.state.kind).toBe("waiting");
        const busy = edits.filter(({ state }) => state.kind === "saving");
        expect(busy.map(({ row }) => documentOf(row.work))).not.toContain(documentOf(one.row.work));
        expect(sameTarget.map(({ state }) => state.kind)).not.toContain("refused");
      }
    }),
  );
});

test("an edit that is not saved and on the device is never lost by reading the device again", () => {
  fc.assert(
    fc.property(some, fc.array(fc.boolean()), (edits, isForgotten) => {
      const rows = edits.filter((_, at) => isForgotten[at] !== true).map(({ row }) => row);
      const after = reconcile(edits, rows);
      const keys = after.map(({ row }) => row.key);
      expect(keys).toEqual(expect.arrayContaining(rows.map(({ key }) => key)));
      expect(keys).toEqual(keys.toSorted((a, b) => Number(a) - Number(b)));
    }),
  );
});

test("an edit that only this tab has, and one that its document does not show yet, stay when the device is read", () => {
  const mine = { ...pending("1", change("p", "1"), "waiting"), isKept: false };
  const saved = pending("2", change("p", "2"), "saved");
  const dropped = pending("3", change("p", "2"), "waiting");
  expect(reconcile([mine, saved, dropped], [])).toEqual([mine, saved]);
});

test("a new value for all that was refused takes its place; a removal takes the place of any change", () => {
  const refused = pending("1", change("p", "1", { servings: 99 }), "refused");
  expect(supersededBy([refused], change("p", "1", { servings: 4, note: "" }))).toEqual([refused]);
  expect(supersededBy([refused], change("p", "1", { note: "" }))).toEqual([]);
  expect(supersededBy([refused], change("p", "2", { servings: 4 }))).toEqual([]);
  const removal: Work = { kind: "entry", planId: "p", edit: { kind: "remove", entryId: "1", seen: {} } };
  expect(supersededBy([refused], removal)).toEqual([refused]);
});

describe("what this device kept", () => {
  const row = pending("1", change("p", "1"), "refused").row;

  test("is read as it was written", () => {
    expect(readQueuedEdit(structuredClone(row))).toEqual(row);
  });

  test("breaks nothing, whatever it is", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(() => readQueuedEdit(value)).not.toThrow();
        expect(() => readQueuedEdit({ ...row, work: value })).not.toThrow();
        expect(() => readQueuedEdit({ ...row, work: { ...row.work, edit: value } })).not.toThrow();
      }),
    );
  });

  test("is left alone when another version of the page wrote something unknown", () => {
    expect(readQueuedEdit({ ...row, work: { kind: "shopping" } })).toBeNull();
    expect(readQueuedEdit({ ...row, work: change("p", "1", { colour: "red" }) })).toBeNull();
    expect(readQueuedEdit({ ...row, key: "../../etc" })).toBeNull();
  });
});
