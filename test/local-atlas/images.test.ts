import type { ChangeStream, ChangeStreamOptions, Collection } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;

beforeAll(async () => {
  open = await openDatabase();
});

afterAll(() => open.close());

async function watched(collection: Collection<Thing>, options: ChangeStreamOptions): Promise<ChangeStream> {
  const stream = collection.watch([], { maxAwaitTimeMS: 20, ...options });
  await stream.tryNext();
  return stream;
}

describe("a stream of a collection that keeps images", () => {
  it("tells what was there before and after each change, whatever came later", async () => {
    const plans = await open.database.createCollection<Thing>("plans", {
      changeStreamPreAndPostImages: { enabled: true },
    });
    const stream = await watched(plans, { fullDocument: "required", fullDocumentBeforeChange: "required" });
    await plans.insertOne({ _id: 1, n: 1 });
    await plans.updateOne({ _id: 1 }, { $set: { n: 2 } });
    await plans.replaceOne({ _id: 1 }, { n: 3 });
    await plans.deleteOne({ _id: 1 });
    const seen = [];
    for (let count = 0; count < 4; count++) seen.push(await stream.next());
    expect(seen).toMatchObject([
      { operationType: "insert", fullDocument: { n: 1 } },
      { operationType: "update", fullDocumentBeforeChange: { n: 1 }, fullDocument: { n: 2 } },
      { operationType: "replace", fullDocumentBeforeChange: { n: 2 }, fullDocument: { n: 3 } },
      { operationType: "delete", fullDocumentBeforeChange: { n: 3 } },
    ]);
    await stream.close();
  });

  it("fails where an image must be there and is not, and says null where it may be missing", async () => {
    const plain = open.database.collection<Thing>("plain");
    await plain.insertOne({ _id: 1, n: 1 });
    const strict = await watched(plain, { fullDocumentBeforeChange: "required" });
    const lenient = await watched(plain, {
      fullDocumentBeforeChange: "whenAvailable",
      fullDocument: "whenAvailable",
    });
    await plain.updateOne({ _id: 1 }, { $set: { n: 2 } });
    await expect(strict.next()).rejects.toMatchObject({ code: 47 });
    expect(await lenient.next()).toMatchObject({ fullDocumentBeforeChange: null, fullDocument: null });
    await lenient.close();
    await open.database.command({ collMod: "plain", changeStreamPreAndPostImages: { enabled: true } });
    const later = await watched(plain, { fullDocumentBeforeChange: "required" });
    await plain.updateOne({ _id: 1 }, { $set: { n: 3 } });
    expect(await later.next()).toMatchObject({ fullDocumentBeforeChange: { n: 2 } });
    await later.close();
  });
});

describe("a stream with expanded events", () => {
  it("tells of collections and indexes that are made, changed and dropped, and names ambiguous paths", async () => {
    const stream = open.database.watch([], { showExpandedEvents: true, maxAwaitTimeMS: 20 });
    await stream.tryNext();
    const bare = open.database.watch([], { maxAwaitTimeMS: 20 });
    await bare.tryNext();
    const made = await open.database.createCollection<Thing>("made");
    await made.createIndex({ a: 1 });
    await open.database.command({ collMod: "made", index: { name: "a_1", hidden: true } });
    await made.dropIndex("a_1");
    await made.insertOne({ _id: 1, a: [{ "1": 1 }] });
    await made.updateOne({ _id: 1 }, { $set: { "a.0.1": 2 } });
    const seen = [];
    for (let count = 0; count < 6; count++) seen.push(await stream.next());
    expect(seen).toMatchObject([
      { operationType: "create", operationDescription: { idIndex: { name: "_id_" } } },
      { operationType: "createIndexes", operationDescription: { indexes: [{ key: { a: 1 }, name: "a_1" }] } },
      { operationType: "modify", operationDescription: { index: { name: "a_1", hidden: true } } },
      { operationType: "dropIndexes", operationDescription: { indexes: [{ name: "a_1" }] } },
      { operationType: "insert", collectionUUID: expect.anything() },
      { operationType: "update", updateDescription: { disambiguatedPaths: { "a.0.1": ["a", 0, "1"] } } },
    ]);
    expect(await bare.next()).toMatchObject({ operationType: "insert" });
    expect(await bare.next()).not.toHaveProperty("updateDescription.disambiguatedPaths");
    await stream.close();
    await bare.close();
  });
});
