import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;

beforeAll(async () => {
  open = await openDatabase();
  await open.database.collection<Thing>("names").insertMany([
    { _id: 1, name: "Zoe" },
    { _id: 2, name: "ähre" },
    { _id: 3, name: "Ahre" },
    { _id: 4, name: "ahre" },
    { _id: 5, name: "item 10" },
    { _id: 6, name: "item 9" },
  ]);
});

afterAll(() => open.close());

const names = () => open.database.collection<Thing>("names");
const ids = (found: readonly Thing[]) => found.map(({ _id: id }) => id);

describe("a collation", () => {
  it.each([
    [1, [2, 3, 4]],
    [2, [3, 4]],
    [3, [4]],
  ])("of strength %i tells letters apart as it says", async (strength, expected) => {
    const collation = { locale: "de", strength };
    expect(ids(await names().find({ name: "ahre" }, { collation }).toArray())).toEqual(expected);
    expect(await names().countDocuments({ name: { $in: ["ahre"] } }, { collation })).toBe(expected.length);
  });

  it("orders by its language, also numbers in texts", async () => {
    const sorted = await names()
      .find({ _id: { $lt: 5 } }, { sort: { name: 1 }, collation: { locale: "de" } })
      .toArray();
    expect(ids(sorted)).toEqual([4, 3, 2, 1]);
    const collation = { locale: "en", numericOrdering: true };
    expect(
      ids(await names().find({ name: /^item/ }).sort({ name: 1 }).collation(collation).toArray()),
    ).toEqual([6, 5]);
    expect(
      ids(
        await names()
          .find({ name: { $gt: "item 8" }, _id: { $gt: 4 } }, { collation })
          .toArray(),
      ),
    ).toEqual([5, 6]);
  });

  it("counts for updates, deletes, pipelines and distinct values", async () => {
    const collation = { locale: "en", strength: 2 };
    expect(await names().updateMany({ name: "AHRE" }, { $set: { seen: true } }, { collation })).toMatchObject(
      {
        matchedCount: 2,
      },
    );
    expect(
      await names().findOneAndUpdate({ name: "ZOE" }, { $set: { seen: true } }, { collation }),
    ).toMatchObject({ _id: 1 });
    const groups = names().aggregate([{ $match: { name: "ahre" } }, { $group: { _id: "$name" } }], {
      collation,
    });
    expect(await groups.toArray()).toHaveLength(1);
    expect(await names().distinct("name", { _id: { $in: [3, 4] } }, { collation })).toEqual(["Ahre"]);
    expect(await names().deleteMany({ name: "ITEM 9" }, { collation })).toMatchObject({ deletedCount: 1 });
  });

  it("is that of the collection where a command has none, and of a unique index", async () => {
    const collation = { locale: "en", strength: 2 };
    const users = await open.database.createCollection<Thing>("users", { collation });
    await users.createIndex({ email: 1 }, { unique: true });
    await users.insertOne({ _id: 1, email: "Jon@Example.com" });
    expect(await users.findOne({ email: "jon@example.com" })).toMatchObject({ _id: 1 });
    await expect(users.insertOne({ email: "JON@example.com" })).rejects.toMatchObject({ code: 11000 });
    expect(await users.findOne({ email: "jon@example.com" }, { collation: { locale: "simple" } })).toBeNull();
  });

  it("that does not exist or that we have not is refused", async () => {
    for (const collation of [
      { locale: "xx-nowhere-xx" },
      { locale: "en", strength: 5 as const },
      { locale: "fr", backwards: true },
    ]) {
      await expect(names().find({}, { collation }).toArray()).rejects.toMatchObject({ code: 2 });
    }
  });
});
