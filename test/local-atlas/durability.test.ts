import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Document, Long, MongoClient, type ResumeToken, type Timestamp, UUID } from "mongodb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startServer } from "../../local-atlas/server.ts";
import { startDatabaseProcess } from "./databaseProcess.ts";
import type { Thing } from "./openDatabase.ts";
import { ask, body, message } from "./rawWire.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "local-atlas-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Writes without pause until the connection breaks; calls back for each acknowledged document. */
async function writeUntilKilled(
  client: MongoClient,
  writer: number,
  acknowledge: (id: string) => void,
): Promise<void> {
  const things = client.db("test").collection<Thing>("things");
  for (let step = 0; ; step++) {
    const id = `${writer}-${step}`;
    try {
      await things.insertOne({ _id: id, n: 0 });
      await things.updateOne({ _id: id }, { $set: { n: 1 } });
    } catch {
      return;
    }
    acknowledge(id);
  }
}

describe("a database that is killed in the middle of writes", () => {
  it("has everything that was acknowledged, and its streams go on where they were, each change once", async () => {
    const first = await startDatabaseProcess(folder);
    const options = { retryWrites: false, serverSelectionTimeoutMS: 2000 };
    const client = await MongoClient.connect(first.uri, options);
    const stream = client.db("test").watch();
    const beginning = await tokenOf(stream.tryNext(), () => stream.resumeToken);
    const acknowledged = new Set<string>();
    const enough = Promise.withResolvers<void>();
    const writers = [0, 1, 2, 3].map((writer) =>
      writeUntilKilled(client, writer, (id) => {
        acknowledged.add(id);
        if (acknowledged.size === 100) enough.resolve();
      }),
    );
    const seen: string[] = [];
    let token = beginning;
    for (
      let event = await stream.tryNext();
      acknowledged.size < 50 || event !== null;
      event = await stream.tryNext()
    ) {
      if (event === null) continue;
      seen.push(describeEvent(event));
      token = event["_id"];
      if (seen.length >= 60) break;
    }
    await enough.promise;
    await first.kill();
    await Promise.all(writers);
    await stream.close();
    await client.close();

    const second = await startDatabaseProcess(folder, first.port);
    const again = await MongoClient.connect(second.uri);
    const found = await again.db("test").collection<Thing>("things").find({ n: 1 }).toArray();
    const ids = new Set(found.map(({ _id: id }) => String(id)));
    expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([]);

    const resumed = again.db("test").watch([], { resumeAfter: token, maxAwaitTimeMS: 100 });
    for (let event = await resumed.tryNext(); event !== null; event = await resumed.tryNext()) {
      seen.push(describeEvent(event));
    }
    expect(seen.filter((event, at) => seen.indexOf(event) !== at)).toEqual([]);
    const changes = [...ids].flatMap((id) => [`insert ${id}`, `update ${id}`]);
    expect(changes.filter((change) => !seen.includes(change))).toEqual([]);
    await resumed.close();
    await again.close();
    await second.kill();
  });

  it("answers a write that is sent again after the restart as it did before, and does it no second time", async () => {
    const first = await startDatabaseProcess(folder);
    const lsid = { id: new UUID() };
    const document = { _id: 1, n: 0 };
    const insert = {
      insert: "things",
      documents: [document],
      $db: "test",
      lsid,
      txnNumber: Long.fromNumber(1),
    };
    const updates = [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }];
    const update = { update: "things", updates, $db: "test", lsid, txnNumber: Long.fromNumber(2) };
    await ask(first.port, message([body(insert)]));
    const before = await ask(first.port, message([body(update)]));
    await first.kill();

    const second = await startDatabaseProcess(folder);
    const after = await ask(second.port, message([body(update)]));
    expect(after).toMatchObject({ ok: 1, n: 1, nModified: 1 });
    expect(after["operationTime"]).toEqual(before["operationTime"]);
    const found = await ask(second.port, message([body({ find: "things", $db: "test" })]));
    expect(found["cursor"]).toMatchObject({ firstBatch: [{ _id: 1, n: 1 }] });
    expect(await ask(second.port, message([body(insert)]))).toMatchObject({ ok: 0, code: 225 });
    await second.kill();
  });
});

async function usersWithIndex(client: MongoClient): Promise<void> {
  const users = client.db("test").collection<Thing>("users");
  await users.createIndex({ email: 1 }, { unique: true });
  await users.insertOne({ _id: 1, email: "a" });
}

describe("a commit whose answer was lost", () => {
  it("is confirmed after the restart too, so that nobody does the transaction again", async () => {
    const first = await startDatabaseProcess(folder);
    const session = { lsid: { id: new UUID() }, txnNumber: Long.fromNumber(1), autocommit: false };
    const insert = {
      insert: "things",
      documents: [{ _id: 1 }],
      $db: "test",
      ...session,
      startTransaction: true,
    };
    const commit = { commitTransaction: 1, $db: "admin", ...session };
    expect(await ask(first.port, message([body(insert)]))).toMatchObject({ ok: 1, n: 1 });
    expect(await ask(first.port, message([body(commit)]))).toMatchObject({ ok: 1 });
    await first.kill();
    const second = await startDatabaseProcess(folder);
    expect(await ask(second.port, message([body(commit)]))).toMatchObject({ ok: 1 });
    const unknown = { ...commit, txnNumber: Long.fromNumber(2) };
    expect(await ask(second.port, message([body(unknown)]))).toMatchObject({
      ok: 0,
      code: 251,
      errorLabels: ["TransientTransactionError"],
    });
    await second.kill();
  });
});

describe("a database that is started again", () => {
  it("has its collections, indexes and documents", async () => {
    await withServer(Date.now, usersWithIndex);
    await withServer(Date.now, async (client) => {
      const users = client.db("test").collection<Thing>("users");
      expect(await users.find().toArray()).toEqual([{ _id: 1, email: "a" }]);
      expect((await users.indexes()).map(({ name }) => name)).toEqual(["_id_", "email_1"]);
      await expect(users.insertOne({ email: "a" })).rejects.toMatchObject({ code: 11000 });
    });
  });

  it("gives times that rise, even when the clock went back by an hour", async () => {
    const times: Timestamp[] = [];
    const start = Date.now();
    for (const now of [start, start - 3_600_000, start - 7_200_000]) {
      await withServer(
        () => now,
        async (client) => {
          const session = client.startSession();
          for (const _step of [1, 2, 3]) {
            await client.db("test").collection("things").insertOne({ a: 1 }, { session });
            if (session.operationTime !== undefined) times.push(session.operationTime);
          }
          await session.endSession();
        },
      );
    }
    expect(times).toHaveLength(9);
    expect(times.toSorted((left, right) => left.compare(right))).toEqual(times);
    expect(new Set(times.map(String)).size).toBe(9);
  });

  it("forgets old changes and says so to a stream that would have missed some", async () => {
    const hours = 3_600_000;
    const start = Date.now();
    let token: ResumeToken = null;
    let now = start;
    const server = await startServer({ port: 0, dataDir: folder, now: () => now });
    const client = await MongoClient.connect(`mongodb://127.0.0.1:${server.port}/?replicaSet=rs0`);
    const things = client.db("test").collection<Thing>("things");
    await things.insertOne({ _id: 0 });
    const stream = things.watch([], { maxAwaitTimeMS: 20 });
    await stream.tryNext();
    await things.insertMany([{ _id: 1 }, { _id: 2 }]);
    token = (await stream.next())._id;
    await stream.close();
    now = start + 72 * hours;
    await things.insertOne({ _id: 3 });
    server.maintain();
    await expect(things.watch([], { resumeAfter: token }).next()).rejects.toMatchObject({ code: 286 });
    expect(await things.countDocuments()).toBe(4);
    await client.close();
    await server.close();
  });
});

async function tokenOf(opened: Promise<unknown>, read: () => ResumeToken): Promise<ResumeToken> {
  await opened;
  return read();
}

function describeEvent(event: Document): string {
  return `${event["operationType"]} ${event["documentKey"]["_id"]}`;
}

async function withServer(now: () => number, work: (client: MongoClient) => Promise<void>): Promise<void> {
  const server = await startServer({ port: 0, dataDir: folder, now });
  const client = await MongoClient.connect(`mongodb://127.0.0.1:${server.port}/?replicaSet=rs0`);
  try {
    await work(client);
  } finally {
    await client.close();
    await server.close();
  }
}
