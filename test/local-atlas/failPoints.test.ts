import { type CommandFailedEvent, type Document, MongoClient, type WriteConcernSettings } from "mongodb";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, type OpenDatabase, type Thing } from "./openDatabase.ts";

let open: OpenDatabase;
let failures: CommandFailedEvent[] = [];
let client: MongoClient;

beforeAll(async () => {
  open = await openDatabase();
});

afterAll(() => open.close());

beforeEach(async () => {
  failures = [];
  client = await MongoClient.connect(open.uri, { monitorCommands: true, appName: "cook" });
  client.on("commandFailed", (event) => failures.push(event));
});

afterEach(async () => {
  await set("failCommand", "off");
  await client.close();
});

const things = () => client.db(open.database.databaseName).collection<Thing>("things");

function set(name: string, mode: unknown, data?: Document): Promise<Document> {
  return open.client.db("admin").command({ configureFailPoint: name, mode, ...(data && { data }) });
}

describe("a fail point", () => {
  it("fails the commands that it names so many times, with the labels that drivers go by", async () => {
    await set("failCommand", { times: 1 }, { failCommands: ["insert"], errorCode: 91 });
    await things().insertOne({ _id: 1 });
    expect(failures.map(({ commandName }) => commandName)).toEqual(["insert"]);
    expect(failures[0]?.failure).toMatchObject({ code: 91, codeName: "ShutdownInProgress" });
    expect(await things().countDocuments()).toBe(1);
  });

  it("with labels of its own gives just these", async () => {
    await set("failCommand", { times: 1 }, { failCommands: ["insert"], errorCode: 91, errorLabels: [] });
    await expect(things().insertOne({ _id: 2 })).rejects.toMatchObject({ code: 91 });
    expect(await things().countDocuments({ _id: 2 })).toBe(0);
  });

  it("closes the connection, and the write is not done twice", async () => {
    await set("onPrimaryTransactionalWrite", { times: 1 });
    const done = await things().updateOne({ _id: 3 }, { $inc: { n: 1 } }, { upsert: true });
    expect(done).toMatchObject({ upsertedCount: 1 });
    expect(failures.map(({ commandName }) => commandName)).toEqual(["update"]);
    expect(await things().findOne({ _id: 3 })).toEqual({ _id: 3, n: 1 });
  });

  it("undoes the write that it fails before its commit", async () => {
    const data = { failBeforeCommitExceptionCode: 1, closeConnection: false };
    await set("onPrimaryTransactionalWrite", { times: 1 }, data);
    await expect(things().insertOne({ _id: 4 })).rejects.toMatchObject({ code: 1 });
    expect(await things().countDocuments({ _id: 4 })).toBe(0);
  });

  it("says that a write concern was not met, though the write was done", async () => {
    const writeConcernError = { code: 64, errmsg: "waiting for replication timed out" };
    await set("failCommand", "alwaysOn", { failCommands: ["insert"], writeConcernError });
    await expect(things().insertOne({ _id: 5 })).rejects.toMatchObject({ code: 64 });
    expect(await things().countDocuments({ _id: 5 })).toBe(1);
  });

  it("makes commands wait, and leaves other applications alone", async () => {
    const data = { failCommands: ["insert"], blockConnection: true, blockTimeMS: 60_000, appName: "cook" };
    await set("failCommand", "alwaysOn", data);
    await open.database.collection("others").insertOne({});
    const hasty = await MongoClient.connect(open.uri, { socketTimeoutMS: 200, appName: "cook" });
    const insert = hasty.db(open.database.databaseName).collection<Thing>("things").insertOne({ _id: 7 });
    await expect(insert).rejects.toThrow(/timed out/i);
    await hasty.close();
    expect(await things().countDocuments({ _id: 7 })).toBe(0);
  });

  it("lets commands in a transaction be tried again as a whole", async () => {
    await set("failCommand", { times: 1 }, { failCommands: ["update", "commitTransaction"], errorCode: 112 });
    let attempts = 0;
    await client.withSession((session) =>
      session.withTransaction(async () => {
        attempts++;
        await things().updateOne({ _id: 6 }, { $set: { n: attempts } }, { upsert: true, session });
      }),
    );
    expect(await things().findOne({ _id: 6 })).toEqual({ _id: 6, n: 2 });
  });

  it("that does not exist, and data that it does not have, are refused", async () => {
    await expect(set("burnTheSoup", "alwaysOn")).rejects.toMatchObject({ code: 196 });
    await expect(set("failCommand", { times: "often" })).rejects.toMatchObject({ code: 14 });
    await expect(set("failCommand", "alwaysOn", { failCommands: [], wat: 1 })).rejects.toMatchObject({
      code: 40415,
    });
    const elsewhere = open.database.command({ configureFailPoint: "failCommand", mode: "off" });
    await expect(elsewhere).rejects.toMatchObject({ code: 13 });
  });
});

describe("a write concern that one member cannot meet", () => {
  it.each([
    [{ w: 10 }, 100],
    [{ w: "cooks" as "majority" }, 79],
  ] satisfies [WriteConcernSettings, number][])(
    "%j is an error after the write was done",
    async (writeConcern, code) => {
      const kept = open.database.collection<Thing>(`kept-${code}`);
      await expect(kept.insertOne({ _id: 1 }, { writeConcern })).rejects.toMatchObject({ code });
      expect(await kept.countDocuments()).toBe(1);
    },
  );
});
