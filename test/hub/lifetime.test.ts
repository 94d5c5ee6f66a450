import { ObjectId } from "bson";
import { afterAll, beforeAll, expect, test } from "vitest";

import { DatabaseView } from "../support/databaseView.ts";
import { enter, makeHome, register, type Home } from "../support/people.ts";
import { SocketReader } from "../support/socketReader.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { StreamReader } from "../support/streamReader.ts";

const SESSION_SECONDS = 4;

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({
    vars: { HEARTBEAT_SECONDS: "0.5", SESSION_SECONDS: String(SESSION_SECONDS) },
  });
});
afterAll(() => stack.stop());

function streamUrl(home: Home): string {
  return `${stack.url}/api/mealplans/updates/${home.plan._id}`;
}

test("clients are told to come back after different times", async () => {
  const home = await makeHome(stack.url);
  const opening = Array.from({ length: 10 }, () =>
    StreamReader.open(streamUrl(home), { headers: { cookie: home.owner.cookie } }),
  );
  const readers = await Promise.all(opening);
  await Promise.all(readers.map((reader) => reader.untilEvent("live")));
  const retries = readers.map(({ retry }) => retry ?? 0);
  expect(new Set(retries).size).toBeGreaterThan(5);
  for (const retry of retries) expect(retry).toBeGreaterThanOrEqual(1000);
  for (const reader of readers) reader.close();
});

test("a session that runs out closes its streams with reauth; after signing in, the page continues where it was", async () => {
  const home = await makeHome(stack.url);
  const headers = { cookie: home.owner.cookie };
  const reader = await StreamReader.open(streamUrl(home), { headers });
  const socket = new SocketReader(streamUrl(home), headers);
  const { id } = await reader.untilEvent("message");
  const reauth = await reader.untilEvent("reauth");
  await reader.untilEnded();
  await socket.until(() => socket.named("reauth").length > 0, "reauth");
  expect(JSON.parse(reauth.data)).toEqual({ reason: "session-expired" });
  expect(socket.messages.at(-1)).toEqual({ event: "reauth", data: { reason: "session-expired" } });
  const refused = await StreamReader.open(streamUrl(home), { headers });
  expect(refused.response.status).toBe(401);

  const credentials = { email: home.owner.user.email, password: "a long password" };
  const again = await enter(stack.url, "login", credentials);
  const continued = await StreamReader.open(streamUrl(home), {
    headers: { cookie: again.cookie, "last-event-id": id ?? "" },
  });
  await continued.untilEvent("live");
  expect(continued.events.map(({ event }) => event)).not.toContain("reset");
  expect(continued.named("message")).toHaveLength(0);
  continued.close();
});

test("what a hub learned for a visitor whom it refused is forgotten one day, like all that nobody watches", async () => {
  const view = new DatabaseView(stack.mongoUri);
  const planId = new ObjectId();
  await view.db.collection("mealplans").insertOne({ _id: planId, entries: [], memberIds: [] });
  await view.close();
  const stranger = await register(stack.url, "Eve");
  const refused = await stranger.request("GET", `/api/mealplans/updates/${planId.toString()}`);
  expect(refused.status).toBe(404);
  const name = `mealplans/${planId.toString()}`;
  const storage = await stack.harness.getWorker().getDurableObjectStorage("HUBS", { name });
  const tables = (await storage.exec("SELECT name FROM sqlite_master")).map((row) => row["name"]);
  expect(tables).toContain("items");
  // Where the platform keeps an object's alarm, from the first one on.
  expect(tables).toContain("_cf_METADATA");
});
