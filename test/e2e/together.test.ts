import { MongoClient, ObjectId } from "mongodb";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { startTriggers, type RunningTriggers } from "../../trigger-runner/startTriggers.ts";
import { browserOf, openPlan, shownDishes, startBrowser, untilState } from "../support/browser.ts";
import { addDish } from "../support/dishForms.ts";
import { join, makeHome, type Home, type Person } from "../support/people.ts";
import { startStack, TEST_SECRETS, type Stack } from "../support/stack.ts";
import { statusOf } from "../support/status.ts";

let stack: Stack;
let triggers: RunningTriggers;
let browser: Browser;
let database: MongoClient;
let stateDir: string;
let home: Home;
let jane: Person;
let contexts: [BrowserContext, BrowserContext];
let adas: Page;
let janes: Page;

beforeAll(async () => {
  stack = await startStack({ vars: { HEARTBEAT_SECONDS: "1" } });
  stateDir = await mkdtemp(joinPath(tmpdir(), "mealcast-"));
  triggers = await startTriggers({
    mongoUri: stack.mongoUri,
    functionsDir: "atlas-functions",
    values: { hookUrl: `${stack.url}/api/hooks/atlas`, hookSecret: TEST_SECRETS.ATLAS_HOOK_SECRET },
    stateDir,
    log: () => {},
  });
  database = await MongoClient.connect(stack.mongoUri);
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  await database.close();
  await triggers.stop();
  await stack.stop();
  await rm(stateDir, { recursive: true });
});

beforeEach(async () => {
  home = await makeHome(stack.url);
  jane = await join(home, "Jane");
  contexts = [await browserOf(browser, home.owner), await browserOf(browser, jane)];
  adas = await openPlan(contexts[0], stack.url, home.plan._id);
  janes = await openPlan(contexts[1], stack.url, home.plan._id);
  return () => Promise.all(contexts.map((context) => context.close()));
});

function plans() {
  return database.db().collection("mealplans");
}

test("a dish that one of them adds appears in the other's window, without a reload", async () => {
  await addDish(adas, "Monday dinner", "Lentil soup");
  await janes.getByRole("button", { name: "Edit Lentil soup" }).waitFor();
  expect(await shownDishes(janes)).toEqual(["monday dinner: Lentil soup"]);
  expect(await shownDishes(adas)).toEqual(["monday dinner: Lentil soup"]);
});

test("editing and removing shows on both sides, and a removal can be undone", async () => {
  await addDish(adas, "Friday lunch", "Pizza");
  await janes.getByRole("button", { name: "Edit Pizza" }).click();
  const dialog = janes.getByRole("dialog");
  await dialog.getByLabel("Dish").fill("Calzone");
  await dialog.getByRole("button", { name: "Save" }).click();
  await adas.getByRole("button", { name: "Remove Calzone" }).click();
  await janes.getByRole("button", { name: "Edit Calzone" }).waitFor({ state: "detached" });
  await adas.getByRole("button", { name: "Undo" }).click();
  await janes.getByRole("button", { name: "Edit Calzone" }).waitFor();
});

test("what somebody types into the database appears in both windows", async () => {
  await addDish(adas, "Sunday dinner", "Roast");
  await janes.getByRole("button", { name: "Edit Roast" }).waitFor();
  const filter = { _id: new ObjectId(home.plan._id) };
  await plans().updateOne(filter, { $set: { "entries.0.title": "Nut roast", "entries.0.meal": "lunch" } });
  await Promise.all(
    [adas, janes].map((page) => page.getByRole("button", { name: "Edit Nut roast" }).waitFor()),
  );
  expect(await shownDishes(janes)).toEqual(["sunday lunch: Nut roast"]);
});

test("nonsense typed into the database is shown as far as it makes sense, and breaks nothing", async () => {
  const odd = [
    { title: 42, day: "someday" },
    "soup",
    null,
    { _id: "x", title: "Kept", day: "monday", meal: "dinner" },
  ];
  await plans().updateOne({ _id: new ObjectId(home.plan._id) }, { $set: { entries: odd as never } });
  await adas.getByText("Kept", { exact: true }).waitFor();
  await untilState(adas, "live");
  await plans().updateOne({ _id: new ObjectId(home.plan._id) }, { $set: { entries: [] as never } });
  await adas.getByText("Kept", { exact: true }).waitFor({ state: "detached" });
});

test("when the plan is deleted in the database, both windows say so", async () => {
  await plans().deleteOne({ _id: new ObjectId(home.plan._id) });
  await Promise.all([adas, janes].map((page) => page.getByText("This plan was deleted").waitFor()));
});

test("who is removed from the household hears so and stops; the other goes on", async () => {
  await home.owner.json("DELETE", `/api/households/${home.household._id}/members/${jane.user._id}`);
  await untilState(janes, "revoked");
  await janes.getByText("This plan is no longer yours").waitFor();
  await addDish(adas, "Monday dinner", "Secret stew");
  await adas.getByRole("button", { name: "Edit Secret stew" }).waitFor();
  expect(await shownDishes(janes)).toEqual([]);
});

test("who is signed out elsewhere signs in again in place and goes on", async () => {
  await jane.json("POST", "/api/users/logout");
  await untilState(janes, "signed-out");
  await janes.getByLabel("Email").fill(jane.user.email);
  await janes.getByLabel("Password").fill("a long password");
  await janes.getByRole("button", { name: "Sign in" }).click();
  await untilState(janes, "live");
  await addDish(adas, "Monday dinner", "Welcome back");
  await janes.getByRole("button", { name: "Edit Welcome back" }).waitFor();
});

test("each sees that the other is watching", async () => {
  await adas.getByLabel("Watching now").getByText("Jane").waitFor();
  await janes.close();
  await adas.getByLabel("Watching now").getByText("Jane").waitFor({ state: "detached" });
});

test("everything can be done with the keyboard alone", async () => {
  await adas.getByRole("button", { name: "Add to Monday breakfast" }).focus();
  await adas.keyboard.press("Enter");
  await adas.getByRole("dialog").waitFor();
  await adas.keyboard.type("Porridge");
  await adas.keyboard.press("Enter");
  await janes.getByRole("button", { name: "Edit Porridge" }).waitFor();
  await adas.getByRole("button", { name: "Edit Porridge" }).focus();
  await adas.keyboard.press("Enter");
  await adas.getByRole("dialog").waitFor();
  await adas.keyboard.press("Escape");
  await adas.getByRole("dialog").waitFor({ state: "detached" });
  const focused = await adas.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  expect(focused).toBe("Edit Porridge");
});

test("the guest of a share link watches without an account, until the link is revoked", async () => {
  const { _id, url } = await home.owner.json<{ _id: string; url: string }>(
    "POST",
    `/api/mealplans/${home.plan._id}/shares`,
    {},
  );
  const guest = await (await browser.newContext()).newPage();
  await guest.goto(url);
  await untilState(guest, "live");
  await addDish(adas, "Tuesday snack", "Apples");
  await guest.getByText("Apples", { exact: true }).waitFor();
  expect(await guest.getByRole("button", { name: /Remove|Add to|Edit/ }).count()).toBe(0);
  await home.owner.json("DELETE", `/api/mealplans/${home.plan._id}/shares/${_id}`);
  await guest.getByText("This link has ended").waitFor();
  await guest.context().close();
});

test("tabs of one browser use one stream together, and go on when the first is closed", async () => {
  const second = await openPlan(contexts[0], stack.url, home.plan._id);
  const streams = async () => (await statusOf(stack.url)).clients;
  // For each browser the plan's, the household's, and the cookbook's, of which an empty week suggests dishes; once those
  // of the tests before are gone.
  await expect.poll(streams).toBe(6);
  const third = await openPlan(contexts[0], stack.url, home.plan._id);
  expect(await streams()).toBe(6);
  await adas.close();
  await addDish(janes, "Monday lunch", "Handed over");
  await Promise.all(
    [second, third].map((page) => page.getByRole("button", { name: "Edit Handed over" }).waitFor()),
  );
});
