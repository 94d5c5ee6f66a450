import { type ChangeStream, type Collection, type Db, type Document, MongoClient, ObjectId } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;
let database: Db;
let client: MongoClient;

beforeAll(async () => {
  open = await openDatabase();
  client = await MongoClient.connect(open.uri);
});

afterAll(async () => {
  await client.close();
  await open.close();
});

beforeEach(async () => {
  database = client.db(`renaming-${new ObjectId().toHexString()}`);
  await things("source").insertMany([{ _id: 1 }, { _id: 2 }]);
  await things("target").insertOne({ _id: 9 });
});

function things(name: string): Collection<Thing> {
  return database.collection(name);
}

async function watch(watched: Pick<Db, "watch">, options: Document = {}): Promise<ChangeStream<Document>> {
  const stream = watched.watch<Document>([], { maxAwaitTimeMS: 20, ...options });
  await stream.tryNext();
  return stream;
}

/** The events until now, each without what differs every time. */
async function eventsOf(stream: ChangeStream<Document>): Promise<readonly Document[]> {
  const events: Document[] = [];
  for (
    let event = await stream.tryNext();
    event !== null;
    event = stream.closed ? null : await stream.tryNext()
  )
    events.push(event);
  await stream.close();
  return events.map(({ operationType, ns, to }) => ({ operationType, ns, to }));
}

const out = () =>
  things("source")
    .aggregate([{ $sort: { _id: 1 } }, { $out: "target" }])
    .toArray();
const temporary = expect.stringMatching(/^tmp\.agg_out\./);

describe("$out onto a collection", () => {
  it("tells who watches it of a rename, and of nothing after that", async () => {
    const stream = await watch(things("target"));
    await out();
    const db = database.databaseName;
    expect(await eventsOf(stream)).toEqual([
      { operationType: "rename", ns: { db, coll: temporary }, to: { db, coll: "target" } },
      { operationType: "invalidate", ns: undefined, to: undefined },
    ]);
    expect(await things("target").find().toArray()).toEqual([{ _id: 1 }, { _id: 2 }]);
  });

  it("tells who watches the database how it was done", async () => {
    const stream = await watch(database, { showExpandedEvents: true });
    await things("target").createIndex({ a: 1 });
    await out();
    const kinds = (await eventsOf(stream)).map(({ operationType }) => operationType);
    expect(kinds).toEqual(["createIndexes", "create", "createIndexes", "insert", "insert", "rename"]);
    expect(await database.listCollections({ name: /tmp/ }).toArray()).toEqual([]);
  });
});

describe("a renamed collection", () => {
  it("that takes another's name tells of the rename only", async () => {
    const stream = await watch(database);
    await things("source").rename("target", { dropTarget: true });
    expect((await eventsOf(stream)).map(({ operationType }) => operationType)).toEqual(["rename"]);
  });

  it("has its old name for whoever reads at an earlier time", async () => {
    await client.withSession({ snapshot: true }, async (session) => {
      expect(await things("source").countDocuments({}, { session })).toBe(2);
      await things("source").rename("other");
      await things("other").rename("target", { dropTarget: true });
      await things("source").insertOne({ _id: 3 });
      expect(await things("source").find({}, { session }).toArray()).toEqual([{ _id: 1 }, { _id: 2 }]);
      expect(await things("other").find({}, { session }).toArray()).toEqual([]);
      expect(await things("target").find({}, { session }).toArray()).toEqual([{ _id: 9 }]);
    });
    expect(await things("target").countDocuments()).toBe(2);
  });

  it("is not there under its new name for a transaction that began before, which may not write to it", async () => {
    await client.withSession(async (session) => {
      session.startTransaction();
      expect(await things("target").countDocuments({}, { session })).toBe(1);
      await things("source").rename("other");
      expect(await things("other").countDocuments({}, { session })).toBe(0);
      expect(await things("source").countDocuments({}, { session })).toBe(2);
      await expect(things("other").insertOne({ _id: 5 }, { session })).rejects.toMatchObject({ code: 112 });
    });
  });
});
