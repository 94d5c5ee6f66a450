import { type ChangeStreamDocument, type Document, MongoClient, ObjectId } from "mongodb";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { DatabaseClient } from "../../durable-objects/database/DatabaseClient.ts";
import {
  inTransaction,
  snapshotVersion,
  versionOfWrite,
} from "../../durable-objects/database/transactions.ts";
import { collectionsOf } from "../../planner/collections.ts";
import { writePlan } from "../../planner/planAccess.ts";
import type { Store } from "../../planner/Store.ts";
import { startServer } from "../../local-atlas/server.ts";
import { type Answer, good } from "../../protocol/answer.ts";
import { formatVersion, type Version } from "../../protocol/version.ts";

let server: Awaited<ReturnType<typeof startServer>>;
let client: MongoClient;
let database: DatabaseClient<Store>;
let planId: ObjectId;

beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: null });
  const uri = `mongodb://127.0.0.1:${server.port}/mealcast?replicaSet=rs0`;
  client = await MongoClient.connect(uri);
  database = databaseAt(uri);
});

afterAll(async () => {
  await client.close();
  await server.close();
});

beforeEach(async () => {
  planId = new ObjectId();
  await client
    .db()
    .collection("mealplans")
    .insertOne({ _id: planId, householdId: new ObjectId(), week: "2026-W47" });
});

function databaseAt(uri: string): DatabaseClient<Store> {
  return new DatabaseClient<Store>(
    { uri, open: (open) => ({ ...open, ...collectionsOf(open.db) }), prepare: () => Promise.resolve() },
    { idle: 100, query: 10_000 },
  );
}

/** The change events that some work causes. */
async function eventsOf(
  count: number,
  work: () => Promise<unknown>,
): Promise<ChangeStreamDocument<Document>[]> {
  const stream = client.db().collection("mealplans").watch();
  // The stream starts with its first command, not when it is made.
  await stream.tryNext();
  await work();
  const events: ChangeStreamDocument<Document>[] = [];
  while (events.length < count) events.push(await stream.next());
  await stream.close();
  return events;
}

function timeOf(event: ChangeStreamDocument<Document> | undefined): Version {
  if (!event || !("clusterTime" in event) || !event.clusterTime)
    throw new Error("The event has no cluster time");
  return formatVersion({ seconds: event.clusterTime.t, increment: event.clusterTime.i });
}

async function ask<T>(query: (store: Store) => Promise<T>): Promise<T> {
  const answer: Answer<T> = await database.run("test", async (store) => good(await query(store)));
  if (!answer.ok) throw new Error(answer.code);
  return answer.value;
}

test("an own write is stamped with the cluster time of its change event", async () => {
  let version: Version | undefined;
  const events = await eventsOf(1, async () => {
    const change = { $set: { note: "by us" } };
    const written = await ask((store) => writePlan(store, { _id: planId }, change, new Date()));
    version = written?.changes[0]?.version;
  });
  expect(version).toBe(timeOf(events[0]));
});

test("a transaction is stamped with the cluster time that all its change events have", async () => {
  let version: Version | null = null;
  const events = await eventsOf(2, async () => {
    version = await ask((store) =>
      store.client.withSession(async (session) => {
        const { mealPlans } = store;
        const committed = versionOfWrite(store, session);
        await inTransaction(session, async () => {
          const other = { householdId: new ObjectId(), week: "2026-W48" };
          await mealPlans.insertOne(other, { session });
          await mealPlans.updateOne({ _id: planId }, { $set: { note: "both" } }, { session });
          return good(null);
        });
        return committed();
      }),
    );
  });
  expect(events.map(timeOf)).toEqual([version, version]);
});

test("a read is newer than every change of the last write, and older than the next", async () => {
  const write = async (note: string) => {
    const written = await ask((store) => writePlan(store, { _id: planId }, { $set: { note } }, new Date()));
    return written?.changes[0]?.version ?? "";
  };
  const first = await write("first");
  const read = await ask(({ client: own, mealPlans }) =>
    own.withSession({ snapshot: true }, async (session) => {
      const document = await mealPlans.findOne({ _id: planId }, { session });
      return { document, version: snapshotVersion(session) };
    }),
  );
  const second = await write("second");
  expect(read.document?.["note"]).toBe("first");
  // The trigger's event of the write has a token behind the time.
  expect(read.version > `${first}82ff`).toBe(true);
  expect(read.version < second).toBe(true);
});
