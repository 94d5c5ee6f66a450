import { ObjectId } from "bson";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";

import type { MealPlan } from "../../protocol/mealPlan.ts";
import { Audience } from "../support/Audience.ts";
import type { ChildServer } from "../support/ChildServer.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { startFeed, startRelayedFeed } from "../support/feed.ts";
import { OutsideEdits } from "../support/outsideEdits.ts";
import { makeHome, type Home } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { databaseProcess } from "../support/processes.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { statusOf, untilDatabase, untilClients } from "../support/status.ts";
import { StreamReader } from "../support/streamReader.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let database: ChildServer;
let mongoUri: string;
let stack: Stack;
let view: DatabaseView;
let home: Home;
let planPath: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  database = await databaseProcess(folder.path);
  await database.start();
  mongoUri = `mongodb://127.0.0.1:${database.port}/mealcast?replicaSet=rs0`;
  stack = await startStack({ mongoUri, vars: { HEARTBEAT_SECONDS: "1", RECONCILE_SECONDS: "2" } });
  view = new DatabaseView(mongoUri);
  home = await makeHome(stack.url);
  planPath = `/api/mealplans/${home.plan._id}`;
});
afterEach(async () => {
  await stack.stop();
  await view.close();
  await database.kill();
  await folder[Symbol.asyncDispose]();
});

const dish = { day: "monday", meal: "dinner", title: "Soup" };

test("while the database is gone, streams stay, reading goes on, writing says so, and all heals by itself", async () => {
  const triggers = await startFeed(stack);
  const audience = await Audience.open(home);
  await home.owner.json("POST", `${planPath}/entries`, dish);
  await audience.untilShown("Soup");
  const shown = audience.shown[0];

  await database.kill();
  await expectProblem(await home.owner.request("POST", `${planPath}/entries`, dish), "database-unavailable");
  const read = await home.owner.request("GET", planPath);
  expect(await read.text()).toBe(shown);
  const newcomer = await StreamReader.open(`${stack.url}/api/mealplans/updates/${home.plan._id}`, {
    headers: { cookie: home.owner.cookie },
  });
  onTestFinished(() => newcomer.close());
  await newcomer.untilEvent("live");
  expect(newcomer.named("message").map(({ data }) => data)).toEqual([shown]);
  expect(await statusOf(stack.url)).toMatchObject({ database: false });
  const pings = newcomer.named("ping").length;
  await newcomer.untilEvent("ping", pings + 3);
  for (const page of audience.pages) expect(page.streams).toHaveLength(1);

  await database.start();
  await untilDatabase(stack.url);
  await home.owner.json("POST", `${planPath}/entries`, { ...dish, title: "Stew" });
  await audience.untilShown("Stew");
  await new OutsideEdits(view.db, home.plan._id).note("it is back");
  await audience.untilShown("it is back");
  await audience.untilEqual(view.db);
  audience.expectOrder();
  expect(audience.pages.every(({ streams }) => streams.length === 1)).toBe(true);
  expect(triggers.lost()).toEqual([]);
});

test("a plan that nobody watched can be opened while the database is gone, as its hub remembers it", async () => {
  const audience = await Audience.open(home, { pages: 1, socket: false });
  await home.owner.json("POST", `${planPath}/entries`, dish);
  await audience.untilShown("Soup");
  const [shown] = audience.shown;
  await audience.leave();
  await untilClients(stack.url, 0);
  await database.kill();
  const again = await Audience.open(home, { pages: 2, socket: false });
  expect(again.shown).toEqual([shown, shown]);
});

test("when the database is killed during writes, what was acknowledged is there afterwards, and on every page", async () => {
  const triggers = await startFeed(stack);
  const audience = await Audience.open(home);
  const acknowledged = await addUntilRefused(20, () => database.kill());
  await database.start();
  await untilDatabase(stack.url);
  const stored = await home.owner.json<MealPlan>("GET", planPath);
  expect(stored.entries.map(({ title }) => title)).toEqual(expect.arrayContaining(acknowledged));
  expect(acknowledged.length).toBeGreaterThanOrEqual(20);
  await new OutsideEdits(view.db, home.plan._id).note("the runner goes on");
  await audience.untilShown("the runner goes on");
  await audience.untilEqual(view.db);
  audience.expectOrder();
  expect(triggers.lost()).toEqual([]);
});

test("no change that the database acknowledged before it was killed is lost on the way to the hook", async () => {
  const { relay, triggers } = await startRelayedFeed(stack, () => "hold");
  const plans = view.db.collection("mealplans");
  const acknowledged: string[] = [];
  let killing: Promise<void> | null = null;
  while (killing === null || acknowledged.length < 60) {
    const { insertedId } = await plans.insertOne({ householdId: new ObjectId(), week: "2026-W47" });
    acknowledged.push(insertedId.toHexString());
    if (acknowledged.length === 30) killing = database.kill().then(() => database.start());
  }
  await killing;
  const missing = () => acknowledged.filter((id) => !relay.held.some((body) => body.includes(id)));
  await expect.poll(missing, { timeout: 30_000 }).toEqual([]);
  expect(triggers.lost()).toEqual([]);
});

/** Adds dishes until one is refused. Answers the titles of those that were acknowledged. */
async function addUntilRefused(killAfter: number, kill: () => Promise<void>): Promise<string[]> {
  const acknowledged: string[] = [];
  let killing: Promise<void> | null = null;
  for (let number = 1; ; number++) {
    const title = `Dish ${number}`;
    const answer = await home.owner.request("POST", `${planPath}/entries`, { ...dish, title });
    if (!answer.ok) break;
    acknowledged.push(title);
    // Not awaited: the writes go on while it dies.
    if (number === killAfter) killing = kill();
  }
  await killing;
  return acknowledged;
}
