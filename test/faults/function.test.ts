import { cp, writeFile } from "node:fs/promises";
import path from "node:path";

import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";

import { Audience } from "../support/Audience.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { startFeed } from "../support/feed.ts";
import { OutsideEdits } from "../support/outsideEdits.ts";
import { makeHome, type Home } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { statusOf, untilClients } from "../support/status.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

let stack: Stack;
let view: DatabaseView;
let home: Home;
let edits: OutsideEdits;

beforeAll(async () => {
  stack = await startStack({ vars: { HEARTBEAT_SECONDS: "0.5", RECONCILE_SECONDS: "3600" } });
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

/** A copy of the project's functions in which the one that publishes always throws. */
async function throwingFunctions(): Promise<string> {
  const folder = await temporaryFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  await cp(new URL("../../atlas-functions", import.meta.url).pathname, folder.path, { recursive: true });
  const source = `exports = async function () { throw new Error("out of order"); };`;
  await writeFile(path.join(folder.path, "functions/publishChange.js"), source);
  return folder.path;
}

test("while the function is disabled, a write through the API shows at once on every page", async () => {
  const audience = await Audience.open(home);
  const entry = { day: "monday", meal: "dinner", title: "Soup" };
  await home.owner.json("POST", `/api/mealplans/${home.plan._id}/entries`, entry);
  await audience.untilEqual(view.db);
  audience.expectOrder();
});

test("while the function is disabled, a write from outside is there for whoever opens the plan next", async () => {
  const before = await Audience.open(home);
  await before.leave();
  await untilClients(stack.url, 0);
  await edits.note("written while nobody looked");
  const audience = await Audience.open(home, { pages: 1, socket: false });
  const [page] = audience.pages;
  expect(page?.named("message")).toHaveLength(1);
  expect(page?.shown).toContain("written while nobody looked");
});

test("while the function throws, a write from outside shows on open pages within the reconcile period", async () => {
  const healing = await startStack({
    mongoUri: stack.mongoUri,
    vars: { HEARTBEAT_SECONDS: "1", RECONCILE_SECONDS: "2" },
  });
  onTestFinished(() => healing.stop());
  const theirs = await makeHome(healing.url);
  const functionsDir = await throwingFunctions();
  const triggers = await startFeed({ ...healing, functionsDir });
  const audience = await Audience.open(theirs);
  await new OutsideEdits(view.db, theirs.plan._id).note("nobody was told of this");
  await audience.untilEqual(view.db);
  audience.expectOrder();
  await expect
    .poll(() => triggers.lost().map(({ message }) => message))
    .toEqual(["The function threw: its event is lost"]);
  await expect
    .poll(async () => (await statusOf(healing.url)).counters["healed"], { timeout: 20_000 })
    .toBe(1);
});

test("when the function works again, the next change shows on every page as before", async () => {
  const audience = await Audience.open(home);
  await edits.note("while it was disabled");
  await startFeed(stack);
  await edits.note("since it works again");
  await audience.untilShown("since it works again");
  await audience.untilEqual(view.db);
  audience.expectOrder();
});
