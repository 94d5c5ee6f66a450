import { type ChangeStreamDocument, type Document, MongoClient, ObjectId } from "mongodb";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { Connection, type Store } from "../../durable-objects/database/Connection.ts";
import { readPlan, writePlan } from "../../planner/planAccess.ts";
import { inTransaction, writtenVersion } from "../../durable-objects/database/sessions.ts";
import { startServer } from "../../local-atlas/server.ts";
import { type Answer, good } from "../../protocol/answer.ts";
import { formatVersion, type Version } from "../../protocol/version.ts";

let server: Awaited<ReturnType<typeof startServer>>;
let client: MongoClient;
let connection: Connection;
let planId: ObjectId;

beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: null });
  const uri = `mongodb://127.0.0.1:${server.port}/mealcast?replicaSet=rs0`;
  client = await MongoClient.connect(uri);
  connection = new Connection(uri, { idle: 100, query: 10_000 });
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
  const answer: Answer<T> = await connection.run("test", async (store) => good(await query(store)));
  if (!answer.ok) throw new Error(answer.code);
  return answer.value;
}

test("an own write is stamped with the cluster time of its change event", async () => {
  let version: Version | undefined;
  const events = await eventsOf(1, async () => {
    const change = { $set: { note: "by us" } };
    version = (await ask((store) => writePlan(store, { _id: planId }, change, new Date())))?.version;
  });
  expect(version).toBe(timeOf(events[0]));
});

test("a transaction is stamped with the cluster time that all its change events have", async () => {
  let version: Version | undefined;
  const events = await eventsOf(2, async () => {
    version = await ask(({ client: own, mealPlans }) =>
      own.withSession(async (session) => {
        await inTransaction(session, async () => {
          const other = { householdId: new ObjectId(), week: "2026-W48" };
          await mealPlans.insertOne(other, { session });
          await mealPlans.updateOne({ _id: planId }, { $set: { note: "both" } }, { session });
          return good(null);
        });
        return writtenVersion(session);
      }),
    );
  });
  expect(events.map(timeOf)).toEqual([version, version]);
});

test("a read is as new as the last write, and older than the next", async () => {
  const filter = { _id: planId };
  const write = (note: string) => ask((store) => writePlan(store, filter, { $set: { note } }, new Date()));
  const first = await write("first");
  const read = await ask((store) => readPlan(store, filter));
  const second = await write("second");
  expect(read.document?.["note"]).toBe("first");
  expect([first?.version, read.version, second?.version]).toEqual(
    [first?.version, read.version, second?.version].toSorted(),
  );
  expect(read.version < (second?.version ?? "")).toBe(true);
});
