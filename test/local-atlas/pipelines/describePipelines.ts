import { Decimal128, type Document, Double, Int32, Long } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AS_STORED, codeOf, Refusal, typed } from "../expressions/calculate.ts";
import { openDatabase, type OpenDatabase, type Thing } from "../openDatabase.ts";

export const int = (value: number) => new Int32(value);
export const long = (value: string) => Long.fromString(value);
export const double = (value: number) => new Double(value);
export const decimal = (text: string) => Decimal128.fromString(text);
/** A day of January 2026. */
export const day = (number: number) => new Date(Date.UTC(2026, 0, number));

const SALES: readonly Thing[] = [
  {
    _id: 1,
    item: "a",
    n: int(1),
    price: decimal("1.10"),
    big: long("9007199254740993"),
    at: day(1),
    tags: ["x", "y"],
  },
  { _id: 2, item: "b", n: int(2), price: decimal("2.20"), big: long("1"), at: day(3), tags: [] },
  { _id: 3, item: "a", n: int(4), price: decimal("3.30"), at: day(4) },
  { _id: 4, n: null, price: decimal("4.40"), at: day(6), tags: "z" },
];

const ITEMS: readonly Thing[] = [
  { _id: 10, code: "a", size: int(1), parent: null },
  { _id: 11, code: "a", size: int(5), parent: "a" },
  { _id: 12, code: "b", size: int(9), parent: "a" },
  { _id: 13, parent: "b" },
];

/** What the stages make of the sales: documents with their types, or a refusal. */
export type Case = readonly [title: string, stages: Document[], expected: unknown];

/** Runs pipelines over the sales, by the driver; `items` can be joined. */
export function describePipelines(promise: string, cases: readonly Case[]): void {
  describe(promise, () => {
    let open: OpenDatabase;

    beforeAll(async () => {
      open = await openDatabase();
      await open.database.collection<Thing>("sales").insertMany(SALES.map((sale) => ({ ...sale })));
      await open.database.collection<Thing>("items").insertMany(ITEMS.map((item) => ({ ...item })));
    });

    afterAll(() => open.close());

    it.each(cases)("%s", async (_title, stages, expected) => {
      const results = open.database.collection("sales").aggregate(stages, AS_STORED).toArray();
      if (expected instanceof Refusal) await expect(results.catch(codeOf)).resolves.toBe(expected.code);
      else expect(typed(await results)).toBe(typed(expected));
    });
  });
}
