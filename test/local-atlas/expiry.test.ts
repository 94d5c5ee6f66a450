import { type Collection, type Document, MongoClient } from "mongodb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RunningServer, startServer } from "../../local-atlas/server.ts";
import type { Thing } from "./openDatabase.ts";

const START = Date.parse("2026-11-20T12:00:00Z");

let now: number;
let server: RunningServer;
let client: MongoClient;
let sessions: Collection<Thing>;

beforeEach(async () => {
  now = START;
  server = await startServer({ port: 0, dataDir: null, now: () => now });
  client = await MongoClient.connect(`mongodb://127.0.0.1:${server.port}/?replicaSet=rs0`);
  sessions = client.db("test").collection("sessions");
});

afterEach(async () => {
  await client.close();
  await server.close();
});

/** The ids that are left, a minute and a second after the start. */
async function leftAfterAMinute(...documents: Document[]): Promise<readonly unknown[]> {
  await sessions.insertMany(documents);
  now = START + 61_000;
  server.maintain();
  return sessions.distinct("_id");
}

const over = () => new Date(START);
const later = () => new Date(START + 60_000);

describe("documents with a time to live", () => {
  it("are deleted after it, and a change stream tells so", async () => {
    await sessions.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    const stream = sessions.watch([{ $match: { operationType: "delete" } }], { maxAwaitTimeMS: 20 });
    await stream.tryNext();
    const left = await leftAfterAMinute(
      { _id: 1, at: over() },
      { _id: 2, at: later() },
      { _id: 3, at: "never" },
      { _id: 4 },
    );
    expect(left).toEqual([2, 3, 4]);
    expect(await stream.next()).toMatchObject({ operationType: "delete", documentKey: { _id: 1 } });
    await stream.close();
  });

  it("stay when they are not in the partial index that says so", async () => {
    const partialFilterExpression = { kind: "guest" };
    await sessions.createIndex({ at: 1 }, { expireAfterSeconds: 60, partialFilterExpression });
    const left = await leftAfterAMinute(
      { _id: 1, at: over(), kind: "guest" },
      { _id: 2, at: over(), kind: "member" },
      { _id: 3, at: over() },
      { _id: 4, at: later(), kind: "guest" },
    );
    expect(left).toEqual([2, 3, 4]);
  });

  it("go by the earliest date of a list, whatever the direction of the index", async () => {
    await sessions.createIndex({ at: -1 }, { expireAfterSeconds: 60 });
    const left = await leftAfterAMinute(
      { _id: 1, at: [later(), over()] },
      { _id: 2, at: [later()] },
      { _id: 3, at: new Date(-1) },
      { _id: 4, at: null },
    );
    expect(left).toEqual([2, 4]);
  });

  it.each<readonly [string, Document, Document]>([
    ["two fields", { a: 1, b: 1 }, { expireAfterSeconds: 1 }],
    ["a time that is no number", { a: 1 }, { expireAfterSeconds: "1" }],
    ["a time below zero", { a: 1 }, { expireAfterSeconds: -1 }],
    ["a time without end", { a: 1 }, { expireAfterSeconds: 2 ** 31 }],
  ])("are not made by an index of %s", async (_name, key, options) => {
    const indexes = [{ key, name: "refused", ...options }];
    const command = { createIndexes: "sessions", indexes };
    await expect(client.db("test").command(command)).rejects.toMatchObject({ code: 67 });
  });
});
