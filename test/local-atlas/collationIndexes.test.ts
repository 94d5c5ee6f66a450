import * as fc from "fast-check";
import { type Collection, type Document, ObjectId } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;
let names: Collection<Thing>;

beforeAll(async () => {
  open = await openDatabase();
});

afterAll(() => open.close());

beforeEach(() => {
  names = open.database.collection(`names-${new ObjectId().toHexString()}`);
});

const german = { locale: "de", strength: 1 };

async function stageOf(filter: Document, options: Document): Promise<unknown> {
  const told = await names.find(filter, options).explain("executionStats");
  const { winningPlan } = told["queryPlanner"];
  return [winningPlan.inputStage?.stage ?? winningPlan.stage, told["executionStats"].totalDocsExamined];
}

describe("an index with a collation", () => {
  beforeEach(async () => {
    await names.createIndex({ name: 1, n: 1 }, { collation: german });
    await names.insertMany(
      ["Strasse", "Straße", "strasse", "Gasse", "Gaße", "Weg"].map((name, n) => ({ _id: n, name, n })),
    );
  });

  it("answers questions of the same collation, and looks at few documents for it", async () => {
    const found = await names.find({ name: "STRASSE" }, { collation: german }).toArray();
    expect(found.map(({ _id: id }) => id).toSorted()).toEqual([0, 1, 2]);
    expect(await stageOf({ name: "STRASSE" }, { collation: german })).toEqual(["IXSCAN", 4]);
    expect(await stageOf({ name: { $in: ["weg", 5] }, n: { $gt: 3 } }, { collation: german })).toEqual([
      "IXSCAN",
      3,
    ]);
  });

  it("answers no other", async () => {
    expect(await stageOf({ name: "Weg" }, {})).toEqual(["COLLSCAN", 6]);
    expect(await stageOf({ name: "Weg" }, { collation: { locale: "de", strength: 2 } })).toEqual([
      "COLLSCAN",
      6,
    ]);
    expect(await stageOf({ name: "Weg" }, { collation: { locale: "fr", strength: 1 } })).toEqual([
      "COLLSCAN",
      6,
    ]);
  });

  it("does not change what a question finds: ranges, patterns, sorts, documents, arrays", async () => {
    await names.insertMany([
      { _id: 10, name: ["weg", "Ähre"] },
      { _id: 11, name: { of: "Weg" } },
      { _id: 12 },
    ]);
    const sorted = await names.find(
      { name: { $gte: "H" } },
      { collation: german, sort: { name: -1, _id: 1 } },
    );
    expect((await sorted.toArray()).map(({ _id: id }) => id)).toEqual([5, 10, 0, 1, 2]);
    const ids = async (filter: Document) =>
      (await names.find(filter, { collation: german, projection: { _id: 1 } }).toArray())
        .map(({ _id: id }) => Number(id))
        .toSorted((a, b) => a - b);
    expect(await ids({ name: "ahre" })).toEqual([10]);
    expect(await ids({ name: { of: "WEG" } })).toEqual([11]);
    expect(await ids({ name: /^We/ })).toEqual([5]);
    expect(await ids({ name: null })).toEqual([12]);
    expect(await ids({ $or: [{ name: "gasse" }, { name: "WEG", n: 5 }] })).toEqual([3, 4, 5]);
  });
});

describe("a unique index with a collation", () => {
  it("keeps apart what is equal under it, however it is written", async () => {
    await names.createIndex({ name: 1, n: -1 }, { unique: true, collation: german });
    await names.insertMany([
      { _id: 1, name: "Straße", n: 1 },
      { _id: 2, name: "ä", n: "é" },
    ]);
    for (const [name, n] of [
      ["strasse", 1],
      ["STRASSE", 1],
      ["A", "e"],
      ["a", "É"],
    ])
      await expect(names.insertOne({ name, n })).rejects.toMatchObject({ code: 11000 });
    await names.insertMany([
      { name: "strasse", n: 2 },
      { name: "A", n: "f" },
      { name: null, n: 1 },
      { name: [], n: 1 },
    ]);
    await open.client.withSession(async (session) => {
      session.startTransaction();
      await names.insertOne({ name: "neu", n: 1 }, { session });
      const again = names.insertOne({ name: "STRASSE", n: 1 }, { session });
      await expect(again).rejects.toMatchObject({ code: 11000 });
    });
    await expect(
      names.createIndex({ name: 1 }, { unique: true, collation: german, name: "alone" }),
    ).rejects.toMatchObject({ code: 11000 });
  });
});

const text = fc.string({
  unit: fc.constantFrom(..."aAäÄbssßeéyi01 -z", "æ", "\u0301", "\u0001"),
  maxLength: 4,
});
const collation = fc.record({
  locale: fc.constantFrom("en", "de", "lt", "hu", "da", "de@collation=phonebook"),
  strength: fc.constantFrom(1, 2, 3),
  numericOrdering: fc.boolean(),
  alternate: fc.constantFrom("non-ignorable" as const, "shifted" as const),
});

it("any text is found with an index of any collation as without", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(text, { maxLength: 30 }),
      text,
      collation,
      async (texts, wanted, asked) => {
        await names.drop();
        await names.insertMany([...texts, wanted].map((name) => ({ name })));
        const ask = async () => {
          const found = await names.find({ name: wanted }, { collation: asked }).toArray();
          return found.map(({ _id: id }) => String(id)).toSorted();
        };
        const without = await ask();
        await names.createIndex({ name: 1 }, { collation: asked });
        expect(await ask()).toEqual(without);
      },
    ),
    { numRuns: 60 },
  );
});
