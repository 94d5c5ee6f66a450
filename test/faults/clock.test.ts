import { cp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { ObjectId } from "bson";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";

import { startServer } from "../../local-atlas/server.ts";
import { Audience } from "../support/Audience.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { startFeed } from "../support/feed.ts";
import { planEvent, publish } from "../support/hook.ts";
import { OutsideEdits } from "../support/outsideEdits.ts";
import { makeHome, type Home } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const HOUR = 3600;

let stack: Stack;
let view: DatabaseView;
let home: Home;
let edits: OutsideEdits;

beforeAll(async () => {
  stack = await startStack({ vars: { RECONCILE_SECONDS: "2" } });
  view = new DatabaseView(stack.mongoUri);
});
afterAll(async () => {
  await view.close();
  await stack.stop();
});
beforeEach(async () => {
  home = await makeHome(stack.url);
  edits = new OutsideEdits(view.db, home.plan._id);
});

/** An event of a cluster whose clock is off by so many seconds. */
function eventAt(offset: number, note: string) {
  const planId = new ObjectId(home.plan._id);
  const fullDocument = { _id: planId, note, memberIds: [new ObjectId(home.owner.user._id)] };
  return planEvent({ planId, seconds: Math.floor(Date.now() / 1000) + offset, fullDocument });
}

test("an event that claims to be an hour newer is found out by a reconcile, and every page starts over", async () => {
  const audience = await Audience.open(home);
  expect(await publish(stack.url, [eventAt(HOUR, "from the future")])).toEqual(["published"]);
  await audience.untilShown("from the future");
  await audience.untilEqual(view.db);
  for (const page of audience.pages) {
    expect(page.named("reset").map(({ data }) => data)).toEqual(['{"reason":"new-epoch"}']);
  }
  await edits.note("by the right clock");
  await audience.untilEqual(view.db);
  audience.expectOrder();
});

test("whoever opens a plan after an event from the future, gets what the database holds", async () => {
  await publish(stack.url, [eventAt(HOUR, "from the future")]);
  const audience = await Audience.open(home);
  await audience.untilEqual(view.db);
  for (const page of audience.pages) expect(page.named("message").at(-1)?.data).not.toContain("future");
});

test("an event that is an hour behind changes nothing", async () => {
  const audience = await Audience.open(home);
  expect(await publish(stack.url, [eventAt(-HOUR, "from the past")])).toEqual(["stale"]);
  await edits.note("now");
  await audience.untilEqual(view.db);
  for (const page of audience.pages) expect(page.named("message")).toHaveLength(2);
});

test("while the function's clock is off by an hour its posts are refused, and reconciles show the changes", async () => {
  const wrong = await functionsWithClock(HOUR);
  const triggers = await startFeed({ ...stack, functionsDir: wrong });
  const audience = await Audience.open(home);
  await edits.note("signed in another hour");
  await audience.untilEqual(view.db);
  await expect
    .poll(() => triggers.lost().map(({ error }) => String(error)))
    .toEqual([expect.stringContaining("status 401")]);
  await triggers.stop();
  const right = await startFeed(stack);
  await edits.note("signed in time");
  await audience.untilEqual(view.db);
  expect(right.lost()).toEqual([]);
  audience.expectOrder();
});

test.for([
  ["behind", -HOUR],
  ["ahead", HOUR],
] as const)("a database whose clock is an hour %s is streamed as any other", async ([, offset]) => {
  const database = await startServer({ port: 0, dataDir: null, now: () => Date.now() + offset * 1000 });
  onTestFinished(() => database.close());
  const mongoUri = `mongodb://127.0.0.1:${database.port}/mealcast?replicaSet=rs0`;
  const off = await startStack({ mongoUri, vars: { RECONCILE_SECONDS: "2" } });
  onTestFinished(() => off.stop());
  const theirView = new DatabaseView(mongoUri);
  onTestFinished(() => theirView.close());
  const theirs = await makeHome(off.url);
  const triggers = await startFeed(off);
  const audience = await Audience.open(theirs);
  const entry = { day: "sunday", meal: "lunch", title: "By the API" };
  await theirs.owner.json("POST", `/api/mealplans/${theirs.plan._id}/entries`, entry);
  await new OutsideEdits(theirView.db, theirs.plan._id).notes("from outside", 5);
  await audience.untilEqual(theirView.db);
  audience.expectOrder();
  for (const page of audience.pages) expect(page.named("reset")).toHaveLength(0);
  expect(triggers.lost()).toEqual([]);
});

/** A copy of the project's functions that sign by a clock which is off by so many seconds. */
async function functionsWithClock(offset: number): Promise<string> {
  const folder = await temporaryFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  await cp(new URL("../../atlas-functions", import.meta.url).pathname, folder.path, { recursive: true });
  const file = path.join(folder.path, "functions/publishChange.js");
  const source = await readFile(file, "utf8");
  const clock = `const now = Date.now; Date.now = () => now() + ${offset * 1000};\n`;
  await writeFile(file, clock + source);
  return folder.path;
}
