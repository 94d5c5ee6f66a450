import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { ObjectId } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";

import { startServer } from "../../local-atlas/server.ts";
import type { MealPlan } from "../../protocol/mealPlan.ts";
import { type Home, makeHome } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { StreamReader } from "../support/streamReader.ts";

let dataDir: string;
let server: Awaited<ReturnType<typeof startServer>>;
let stack: Stack;
let home: Home;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "mealcast-away-"));
  server = await startServer({ port: 0, dataDir });
  const mongoUri = `mongodb://127.0.0.1:${server.port}/mealcast?replicaSet=rs0`;
  stack = await startStack({ mongoUri });
  home = await makeHome(stack.url);
});

afterAll(async () => {
  await stack.stop();
  await server.close();
  await rm(dataDir, { recursive: true });
});

test("without the database reading goes on, writing says so, and all is well when it is back", async () => {
  const planPath = `/api/mealplans/${home.plan._id}`;
  const dish = { day: "monday", meal: "dinner", title: "Soup" };
  const { cookie } = home.owner;
  const stranger = await makeHome(stack.url, "Mallory");
  const url = `${stack.url}/api/mealplans/updates/${home.plan._id}`;
  const stream = await StreamReader.open(url, { headers: { cookie } });
  await stream.untilEvent("live");
  const before = await home.owner.json<MealPlan>("POST", `${planPath}/entries`, dish);
  await stream.untilEvent("message", 1);

  await server.close();
  const refused = await home.owner.request("POST", `${planPath}/entries`, dish);
  expect(refused.headers.get("retry-after")).toBe("5");
  await expectProblem(refused, "database-unavailable");
  expect(await home.owner.json<MealPlan>("GET", planPath)).toEqual(before);
  await expectProblem(await stranger.owner.request("GET", planPath), "not-found");
  const unwatched = `/api/mealplans/${new ObjectId().toString()}`;
  await expectProblem(await home.owner.request("GET", unwatched), "database-unavailable");
  await expectProblem(await home.owner.request("GET", "/api/recipes"), "database-unavailable");
  expect(stream.ended).toBe(false);

  server = await startServer({ port: server.port, dataDir });
  const after = await home.owner.json<MealPlan>("POST", `${planPath}/entries`, dish);
  expect(after.entries).toHaveLength(2);
  await stream.untilEvent("message", 2);
  expect(stream.latest).toEqual(after);
  stream.close();
});

test("who signs out while a stream still waits for the database does not get it", async () => {
  const leaving = await makeHome(stack.url, "Dora");
  await server.close();
  const url = `${stack.url}/api/mealplans/updates/${leaving.plan._id}`;
  const opening = StreamReader.open(url, { headers: { cookie: leaving.owner.cookie } });
  await leaving.owner.json("POST", "/api/users/logout");
  const refused = await opening;
  expect(refused.response.status).toBe(401);
  server = await startServer({ port: server.port, dataDir });
});
