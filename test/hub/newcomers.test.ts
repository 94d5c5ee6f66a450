import { ObjectId } from "bson";
import { type Document, MongoClient } from "mongodb";
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";

import { CommandCounter } from "../../bench/measure/CommandCounter.ts";
import { startServer } from "../../local-atlas/server.ts";
import { makeHome, register, type Home, type Person } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { untilClients } from "../support/status.ts";
import { StreamReader } from "../support/streamReader.ts";

/** Long enough for somebody to come meanwhile. */
const BLOCK_MS = 3000;

let database: Awaited<ReturnType<typeof startServer>>;
let counter: CommandCounter;
let stack: Stack;
let client: MongoClient;
let home: Home;

beforeAll(async () => {
  database = await startServer({ port: 0, dataDir: null });
  counter = await CommandCounter.start(database.port);
  stack = await startStack({
    mongoUri: counter.uri("mealcast"),
    vars: { HEARTBEAT_SECONDS: "0.5", RECONCILE_SECONDS: "3600" },
  });
  client = await MongoClient.connect(`mongodb://127.0.0.1:${database.port}/mealcast?replicaSet=rs0`);
});
afterAll(async () => {
  await client.close();
  await stack.stop();
  await counter.stop();
  await database.close();
});
beforeEach(async () => {
  home = await makeHome(stack.url);
});
afterEach(() => client.db().admin().command({ configureFailPoint: "failCommand", mode: "off" }));

/** Lets reads of a collection fail, or wait. */
function disturb(collection: string, mode: Document | string, fault: Document): Promise<Document> {
  const data = { failCommands: ["find"], namespace: `mealcast.${collection}`, ...fault };
  return client.db().admin().command({ configureFailPoint: "failCommand", mode, data });
}

async function open({ cookie }: Person, topic: string): Promise<StreamReader> {
  const reader = await StreamReader.open(`${stack.url}/api/streams/${topic}`, { headers: { cookie } });
  onTestFinished(() => reader.close());
  if (reader.response.ok) await reader.untilEvent("live");
  return reader;
}

test("who was made a member while the hub was reading already is let in, and not judged by what was read before", async () => {
  const jane = await register(stack.url, "Jane");
  const topic = `recipes/${home.household._id}`;
  // The members are read first: they are known when the recipes have to wait.
  await disturb("recipes", { times: 1 }, { blockConnection: true, blockTimeMS: BLOCK_MS });
  counter.reset();
  const mine = open(home.owner, topic);
  // The session, the members, the recipes.
  await expect.poll(() => counter.count("find")).toBeGreaterThanOrEqual(2);
  const member = { userId: new ObjectId(jane.user._id), name: "Jane", role: "member" };
  await client
    .db()
    .collection("households")
    .updateOne({ _id: new ObjectId(home.household._id) }, { $push: { members: member } as never });
  const hers = await open(jane, topic);
  expect(hers.response.status).toBe(200);
  expect((await mine).response.status).toBe(200);
});

test("once the database has failed to answer, nobody waits for it who may be let in by what is held", async () => {
  const topic = `mealplans/${home.plan._id}`;
  (await open(home.owner, topic)).close();
  await untilClients(stack.url, 0);
  // The driver asks twice.
  await disturb("mealplans", { times: 2 }, { errorCode: 91 });
  (await open(home.owner, topic)).close();
  await untilClients(stack.url, 0);
  await disturb("mealplans", "alwaysOn", { blockConnection: true, blockTimeMS: BLOCK_MS });
  const waiting = client.db().collection("mealplans").findOne({});
  const first = await Promise.race([
    waiting.then(() => "the database"),
    open(home.owner, topic).then(() => "the hub"),
  ]);
  expect(first).toBe("the hub");
  await waiting;
});
