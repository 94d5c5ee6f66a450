import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;

beforeAll(async () => {
  open = await openDatabase();
});

afterAll(() => open.close());

describe("local.oplog.rs", () => {
  it("tells every change as the server's does, and a transaction as a whole", async () => {
    const plans = open.database.collection<Thing>("plans");
    await plans.insertOne({ _id: 1, a: { b: 1 }, list: [1, 2], gone: 1 });
    await plans.updateOne({ _id: 1 }, { $set: { "a.b": 2, "list.1": 5 }, $unset: { gone: 1 } });
    await plans.replaceOne({ _id: 1 }, { n: 1 });
    await plans.deleteOne({ _id: 1 });
    await open.client.withSession((session) =>
      session.withTransaction(async () => {
        await plans.insertMany([{ _id: 2 }, { _id: 3 }], { session });
      }),
    );
    const oplog = open.client.db("local").collection("oplog.rs");
    const ns = `${open.database.databaseName}.plans`;
    expect(await oplog.find({ ns }).toArray()).toMatchObject([
      { op: "i", o: { _id: 1, gone: 1 }, o2: { _id: 1 } },
      { op: "u", o: { $v: 2, diff: { sa: { u: { b: 2 } }, slist: { a: true, u1: 5 }, d: { gone: false } } } },
      { op: "u", o: { _id: 1, n: 1 } },
      { op: "d", o: { _id: 1 } },
    ]);
    const [last] = await oplog.find().sort({ $natural: -1 }).limit(1).toArray();
    expect(last).toMatchObject({
      op: "c",
      ns: "admin.$cmd",
      o: {
        applyOps: [
          { op: "i", ns, o: { _id: 2 } },
          { op: "i", o: { _id: 3 } },
        ],
      },
      lsid: expect.anything(),
    });
    const later = await oplog.countDocuments({ ts: { $gt: last?.["ts"] } });
    expect(later).toBe(0);
    const local = open.client.db("local");
    await expect(local.collection("oplog.rs").insertOne({})).rejects.toMatchObject({ code: 73 });
  });
});
