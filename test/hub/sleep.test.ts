import { afterAll, beforeAll, expect, test } from "vitest";

import { topicName } from "../../streams/declare/topicName.ts";
import { mealplans } from "../../streams/mealplans.ts";
import { metricsName } from "../../protocol/metricsName.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { OutsideEdits } from "../support/outsideEdits.ts";
import { makeHome, type Home } from "../support/people.ts";
import { SocketStream } from "../support/SocketStream.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { untilClients } from "../support/status.ts";
import { StreamReader } from "../support/streamReader.ts";

let stack: Stack;
let view: DatabaseView;

beforeAll(async () => {
  stack = await startStack({ vars: { HEARTBEAT_SECONDS: "0.5", RECONCILE_SECONDS: "2" } });
  view = new DatabaseView(stack.mongoUri);
});
afterAll(async () => {
  await view.close();
  await stack.stop();
});

function streamUrl(home: Home): string {
  return `${stack.url}/api/mealplans/updates/${home.plan._id}`;
}

async function open(home: Home): Promise<StreamReader> {
  const reader = await StreamReader.open(streamUrl(home), { headers: { cookie: home.owner.cookie } });
  await reader.untilEvent("live");
  return reader;
}

/** When the hub last told its figures, which every heartbeat does. Asked without waking the hub. */
async function reportedAt(home: Home): Promise<unknown> {
  const topic = topicName(mealplans, home.plan._id);
  const options = { name: metricsName(topic) };
  const { exec } = await stack.harness.getWorker().getDurableObjectStorage("METRICS", options);
  const [row] = await exec("SELECT reported_at FROM hubs WHERE topic = ?", topic);
  return row?.["reported_at"];
}

/** The version that the hub holds: it moves when the hub has asked the database and heard of a change. */
async function heldVersion(home: Home): Promise<unknown> {
  const options = { name: topicName(mealplans, home.plan._id) };
  const { exec } = await stack.harness.getWorker().getDurableObjectStorage("HUBS", options);
  const [row] = await exec("SELECT version FROM items");
  return row?.["version"];
}

/** Lets ten heartbeats go by, as a hub that is watched counts them. */
async function tenHeartbeats(watched: Home): Promise<void> {
  const clock = await open(watched);
  await clock.untilEvent("ping", 10);
  clock.close();
}

test("the heartbeat of a hub beats while somebody watches, and stops with the last who leaves", async () => {
  const [home, other] = [await makeHome(stack.url), await makeHome(stack.url)];
  const reader = await open(home);
  const first = await reportedAt(home);
  await expect.poll(() => reportedAt(home)).not.toBe(first);
  reader.close();
  await untilClients(stack.url, 0);
  const last = await reportedAt(home);
  await tenHeartbeats(other);
  expect(await reportedAt(home)).toBe(last);
});

test("a hub that nobody watches does not ask the database, and the next who comes gets what was missed", async () => {
  const [home, other] = [await makeHome(stack.url), await makeHome(stack.url)];
  const edits = new OutsideEdits(view.db, home.plan._id);
  const reader = await open(home);
  await edits.note("while somebody watched");
  await reader.untilEvent("message", 1);
  reader.close();
  await untilClients(stack.url, 0);
  const held = await heldVersion(home);
  await edits.note("while nobody watched");
  await tenHeartbeats(other);
  expect(await heldVersion(home)).toBe(held);
  const next = await open(home);
  expect(next.named("message").map(({ data }) => JSON.parse(data).note)).toEqual(["while nobody watched"]);
  next.close();
});

test("a hub that only sockets watch sleeps between its alarms, and goes on as if it had not", async () => {
  const home = await makeHome(stack.url);
  const socket = await SocketStream.open(streamUrl(home), home.owner.cookie);
  const edits = new OutsideEdits(view.db, home.plan._id);
  const name = topicName(mealplans, home.plan._id);
  await stack.harness.getWorker().evictDurableObject("HUBS", { name, webSockets: "hibernate" });
  await edits.note("seen by a reconcile");
  await socket.until(
    () => socket.events.some(({ data }) => data.includes("seen by a reconcile")),
    "the change",
  );
  expect(socket.ended).toBe(false);
  socket.close();
});
