import type { Collection, Document } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";
import { ask, body, message, sequence } from "./rawWire.ts";

let open: OpenDatabase;
let things: Collection<Thing>;

beforeAll(async () => {
  open = await openDatabase();
});

afterAll(() => open.close());

beforeEach(async () => {
  things = open.database.collection("things");
  await things.drop();
  await things.insertOne({ _id: 1 });
});

const OVERFLOW = { code: 15, codeName: "Overflow" };

/** `{a: {a: … 1}}` of so many documents. */
function nested(levels: number): Document {
  let document: Document = { a: 1 };
  for (let level = 1; level < levels; level++) document = { a: document };
  return document;
}

/** `{$and: [{$and: … [{}]}]}` of so many operators. */
function ands(levels: number): Document {
  let filter: Document = {};
  for (let level = 0; level < levels; level++) filter = { $and: [filter] };
  return filter;
}

/** `{$abs: {$abs: … 1}}`. */
function absolutes(levels: number): Document {
  let expression: Document = { $abs: 1 };
  for (let level = 1; level < levels; level++) expression = { $abs: expression };
  return expression;
}

describe("what is nested too deep is refused, and the connection goes on:", () => {
  it("a document, from the level on from which the server refuses it", async () => {
    await things.insertOne({ _id: 2, ...nested(180) });
    await expect(things.insertOne({ _id: 3, ...nested(181) })).rejects.toMatchObject({ code: 15 });
    await expect(things.replaceOne({ _id: 1 }, nested(181))).rejects.toMatchObject({ code: 15 });
    const deeper = { $set: { "b.b": nested(179) } };
    await expect(things.updateOne({ _id: 1 }, deeper)).rejects.toMatchObject({ code: 15 });
    expect(await things.countDocuments()).toBe(2);
  });

  it.each<readonly [string, Document]>([
    ["a filter", { find: "things", filter: nested(5000) }],
    ["a filter of operators", { find: "things", filter: ands(3000) }],
    ["an expression", { aggregate: "things", pipeline: [{ $set: { n: absolutes(5000) } }], cursor: {} }],
    ["a document of an insert", { insert: "things", documents: [nested(5000)] }],
    ["an update", { update: "things", updates: [{ q: {}, u: { $set: nested(5000) } }] }],
    ["any other field", { ping: 1, comment: nested(5000) }],
  ])("%s", async (_name, command) => {
    await expect(open.database.command(command)).rejects.toMatchObject(OVERFLOW);
    expect(await things.countDocuments()).toBe(1);
  });

  it("a result that a pipeline makes", async () => {
    const wrap = { input: { $range: [0, 500] }, initialValue: 1, in: { a: "$$value" } };
    await expect(things.aggregate([{ $set: { deep: { $reduce: wrap } } }]).toArray()).rejects.toMatchObject(
      OVERFLOW,
    );
  });

  it("pipelines in pipelines", async () => {
    let pipeline: Document[] = [];
    for (let level = 0; level < 21; level++)
      pipeline = [{ $lookup: { from: "things", as: "found", pipeline } }];
    await expect(things.aggregate(pipeline).toArray()).rejects.toMatchObject({
      code: 232,
      codeName: "MaxSubPipelineDepthExceeded",
    });
    await expect(things.aggregate([{ $match: ands(90) }]).toArray()).resolves.toHaveLength(1);
  });

  it("documents sent beside their command", async () => {
    const command = { insert: "things", $db: open.database.databaseName };
    const port = Number(new URL(open.uri).port);
    const answer = await ask(port, message([body(command), sequence("documents", [nested(3000)])]));
    expect(answer).toMatchObject({ ok: 0, ...OVERFLOW });
  });
});
