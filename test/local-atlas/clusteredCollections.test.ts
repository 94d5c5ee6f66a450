import type { Collection, Document } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer } from "../../local-atlas/server.ts";
import { MongoClient } from "mongodb";
import { openDatabase, type OpenDatabase } from "./openDatabase.ts";

interface Entry {
  readonly _id: number;
  readonly n: number;
}

const clusteredIndex = { key: { _id: 1 }, unique: true, name: "by id" };

let open: OpenDatabase;
let entries: Collection<Entry>;

beforeAll(async () => {
  open = await openDatabase();
  entries = await open.database.createCollection<Entry>("entries", { clusteredIndex });
  await entries.insertMany([3, 1, 2].map((_id) => ({ _id, n: _id % 2 })));
});

afterAll(() => open.close());

function stagesOf(plan: Document): readonly string[] {
  return [String(plan["stage"]), ...("inputStage" in plan ? stagesOf(plan["inputStage"] as Document) : [])];
}

describe("a clustered collection", () => {
  it("keeps its documents in the order of their ids", async () => {
    expect((await entries.find().toArray()).map(({ _id }) => _id)).toEqual([1, 2, 3]);
    const backwards = await entries.find().sort({ $natural: -1 }).toArray();
    expect(backwards.map(({ _id }) => _id)).toEqual([3, 2, 1]);
    const among = await entries.find({ n: 1 }).hint({ $natural: -1 }).toArray();
    expect(among.map(({ _id }) => _id)).toEqual([3, 1]);
    await expect(entries.insertOne({ _id: 1, n: 0 })).rejects.toMatchObject({ code: 11000 });
  });

  it("finds by id without looking at other documents", async () => {
    const plan = await entries.find({ _id: { $gte: 2 } }).explain("executionStats");
    expect(stagesOf(plan["queryPlanner"].winningPlan)).toEqual(["CLUSTERED_IXSCAN"]);
    expect(plan["executionStats"].totalDocsExamined).toBe(2);
    const scan = await entries.find({ n: 1 }).explain("queryPlanner");
    expect(stagesOf(scan["queryPlanner"].winningPlan)).toEqual(["COLLSCAN"]);
  });

  it("lists its index as what it is, and keeps it", async () => {
    expect(await entries.indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: "by id", unique: true, clustered: true },
    ]);
    const [listed] = await open.database.listCollections({ name: "entries" }).toArray();
    expect(listed).toMatchObject({ options: { clusteredIndex: { v: 2, ...clusteredIndex } } });
    expect(listed).not.toHaveProperty("idIndex");
    await expect(entries.dropIndex("by id")).rejects.toMatchObject({ code: 5979800 });
    expect((await entries.find().hint("by id").toArray()).length).toBe(3);
  });

  it.each<readonly [string, Document, number]>([
    ["another key", { clusteredIndex: { key: { a: 1 }, unique: true } }, 197],
    ["a key that is not unique", { clusteredIndex: { key: { _id: 1 }, unique: false } }, 5979700],
    ["no word about uniqueness", { clusteredIndex: { key: { _id: 1 } } }, 40414],
    ["a field that there is not", { clusteredIndex: { key: { _id: 1 }, unique: true, a: 1 } }, 40415],
    ["another version", { clusteredIndex: { key: { _id: 1 }, unique: true, v: 1 } }, 5979704],
    ["the form of time series", { clusteredIndex: true }, 5979703],
    ["a size", { clusteredIndex, size: 1000 }, 6049200],
    ["a view", { clusteredIndex, viewOn: "entries" }, 6026500],
    ["seconds without an index", { expireAfterSeconds: 5 }, 72],
    ["negative seconds", { clusteredIndex, expireAfterSeconds: -5 }, 72],
  ])("is not made of %s", async (_name, options, code) => {
    await expect(open.database.command({ create: "refused", ...options })).rejects.toMatchObject({ code });
  });
});

it("a clustered collection of dates forgets those that are over", async () => {
  let now = Date.UTC(2026, 0, 10);
  const server = await startServer({ port: 0, dataDir: null, now: () => now });
  const client = await MongoClient.connect(`mongodb://127.0.0.1:${server.port}/?replicaSet=rs0`);
  const options = { clusteredIndex: { key: { _id: 1 }, unique: true }, expireAfterSeconds: 60 };
  const log = await client.db("test").createCollection<{ _id: Date | number }>("log", options);
  await log.insertMany([{ _id: new Date(now) }, { _id: new Date(now + 60_000) }, { _id: 0 }]);
  now += 60_001;
  server.maintain();
  expect(await log.find().toArray()).toEqual([{ _id: 0 }, { _id: new Date(now - 1) }]);
  await client.close();
  await server.close();
});
