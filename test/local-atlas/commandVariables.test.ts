import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;

beforeAll(async () => {
  open = await openDatabase();
});

afterAll(() => open.close());

describe("variables of a command", () => {
  it("are expressions, in find, update, delete, findAndModify and aggregate", async () => {
    const things = open.database.collection<Thing>("variables");
    await things.insertMany([
      { _id: 1, n: 3 },
      { _id: 2, n: 4 },
    ]);
    const options = { let: { three: { $add: [1, 2] } } };
    const filter = { $expr: { $eq: ["$n", "$$three"] } };
    expect(await things.find(filter, options).toArray()).toEqual([{ _id: 1, n: 3 }]);
    expect(await things.aggregate([{ $match: filter }], options).toArray()).toEqual([{ _id: 1, n: 3 }]);
    const command = {
      update: "variables",
      updates: [{ q: filter, u: [{ $set: { seen: "$$three" } }] }],
      ...options,
    };
    expect(await open.database.command(command)).toMatchObject({ nModified: 1 });
    expect(await things.findOneAndUpdate(filter, [{ $set: { n: "$$three" } }], options)).toMatchObject({
      seen: 3,
    });
    expect(await things.deleteMany(filter, options)).toMatchObject({ deletedCount: 1 });
  });

  it("may not read a document", async () => {
    const options = { let: { n: "$n" } };
    await expect(open.database.collection("sales").find({}, options).toArray()).rejects.toMatchObject({
      code: 4890500,
    });
  });
});
