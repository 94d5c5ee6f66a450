import { MongoClient, ObjectId } from "mongodb";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { NewShare } from "../../protocol/mealPlan.ts";
import { browserOf, openPlan, startBrowser, untilState } from "../support/browser.ts";
import { addDishAs, changeDishAs, focused, removeDishAs } from "../support/dishes.ts";
import { startFeed } from "../support/feed.ts";
import { join, makeHome, type Home, type Person } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

let stack: Stack;
let browser: Browser;
let database: MongoClient;
let home: Home;
let jane: Person;
let contexts: [BrowserContext, BrowserContext];
let adas: Page;

beforeAll(async () => {
  stack = await startStack({ vars: { HEARTBEAT_SECONDS: "1" } });
  database = await MongoClient.connect(stack.mongoUri);
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  await database.close();
  await stack.stop();
});

beforeEach(async () => {
  home = await makeHome(stack.url);
  jane = await join(home, "Jane");
  contexts = [await browserOf(browser, home.owner), await browserOf(browser, jane)];
  return () => Promise.all(contexts.map((context) => context.close()));
});

async function openAdas(): Promise<void> {
  adas = await openPlan(contexts[0], stack.url, home.plan._id);
}

function card(page: Page, title: string) {
  return page.locator("[data-entry-id]", { hasText: title });
}

test("what another changes carries their name and their colour for a while; what one does oneself does not", async () => {
  const soup = await addDishAs(home.owner, home, "monday dinner", "Soup");
  await openAdas();
  const janes = await openPlan(contexts[1], stack.url, home.plan._id);
  await changeDishAs(jane, home, soup, { title: "Broth" });
  await card(adas, "Broth").getByText("Jane, just now").waitFor();
  const edge = () => card(adas, "Broth").evaluate((node) => getComputedStyle(node).boxShadow);
  await expect.poll(edge).toContain("rgb(175, 49, 107)");
  expect(await janes.getByText("just now").count()).toBe(0);
  await adas.getByText("Jane, just now").waitFor({ state: "detached" });
});

test("what is typed into the database is said to be changed outside the app", async () => {
  await startFeed(stack);
  await addDishAs(jane, home, "monday dinner", "Soup");
  await openAdas();
  const plans = database.db().collection("mealplans");
  await plans.updateOne({ _id: new ObjectId(home.plan._id) }, { $set: { "entries.0.title": "By hand" } });
  await card(adas, "By hand").getByText("Changed outside the app").waitFor();
});

test("a dish that another removes leaves its name and a way back for a while", async () => {
  await addDishAs(jane, home, "monday dinner", "Soup");
  const stew = await addDishAs(jane, home, "monday dinner", "Stew");
  await openAdas();
  await removeDishAs(jane, home, stew);
  const trace = adas.locator("[data-removed-id]");
  await trace.getByText("Jane took it off").waitFor();
  expect(await trace.locator("s").textContent()).toBe("Stew");
  await trace.getByRole("button", { name: "Undo" }).click();
  await adas.locator("[data-status=saved]", { hasText: "Stew" }).waitFor();
  expect(await trace.count()).toBe(0);
  await adas.mouse.move(0, 0);
  await removeDishAs(jane, home, stew);
  await trace.waitFor();
  await trace.waitFor({ state: "detached" });
});

test("where less motion is wanted there is an edge and no wash", async () => {
  const soup = await addDishAs(jane, home, "monday dinner", "Soup");
  await openAdas();
  await adas.emulateMedia({ reducedMotion: "reduce" });
  await changeDishAs(jane, home, soup, { title: "Broth" });
  await card(adas, "Broth").getByText("Jane, just now").waitFor();
  const animations = await card(adas, "Broth").evaluate((node) => node.getAnimations().length);
  expect(animations).toBe(0);
});

test("six people of a household have six colours", async () => {
  for (const name of ["Maya", "Leo", "Ines", "Ben"]) await join(home, name);
  const page = await contexts[0].newPage();
  await page.goto(`${stack.url}/households/${home.household._id}`);
  await page.getByText("Ben").waitFor();
  const colours = await page
    .locator(".member-list .avatar")
    .evaluateAll((avatars) => avatars.map((avatar) => getComputedStyle(avatar).backgroundColor));
  expect(new Set(colours).size).toBe(6);
});

test("a guest sees what changes, and nothing of who did it", async () => {
  const soup = await addDishAs(jane, home, "monday dinner", "Soup");
  const { url } = await home.owner.json<NewShare>("POST", `/api/mealplans/${home.plan._id}/shares`, {});
  const context = await browser.newContext();
  const guest = await context.newPage();
  await guest.goto(url);
  await untilState(guest, "live");
  await changeDishAs(jane, home, soup, { day: "friday" });
  await guest.getByText("Soup was moved to Friday dinner.").waitFor({ state: "attached" });
  expect(await guest.getByText("Jane").count()).toBe(0);
  expect(await guest.locator(".touched, [data-removed-id], .since").count()).toBe(0);
  await context.close();
});

test("a screen reader hears who did what, several changes at once", async () => {
  const ids = [];
  for (const title of ["Soup", "Stew", "Figs"]) ids.push(await addDishAs(jane, home, "monday dinner", title));
  await openAdas();
  const region = adas.getByRole("status", { name: "What others change" });
  await changeDishAs(jane, home, ids[0] ?? "", { day: "friday" });
  await region.getByText("Jane moved Soup to Friday dinner.").waitFor({ state: "attached" });
  for (const id of ids) await changeDishAs(jane, home, id, { day: "sunday" });
  await region
    .getByText(/Jane moved \w+ to Sunday dinner and \d more changes\./)
    .waitFor({ state: "attached" });
});

test("who comes back to a plan is told how much has changed, and led from one to the next", async () => {
  const soup = await addDishAs(home.owner, home, "monday dinner", "Soup");
  const stew = await addDishAs(home.owner, home, "friday lunch", "Stew");
  await openAdas();
  await adas.close();
  await changeDishAs(jane, home, soup, { title: "Broth" });
  await changeDishAs(jane, home, stew, { note: "hot" });
  await changeDishAs(home.owner, home, stew, { servings: 3 });
  await addDishAs(jane, home, "sunday dinner", "Roast");
  await openAdas();
  await adas.getByText("2 changes since you looked").waitFor();
  await adas.getByRole("button", { name: "Show" }).click();
  await expect.poll(() => focused(adas)).toBe("Edit Broth");
  await card(adas, "Broth").getByText("Jane, just now").waitFor();
  await card(adas, "Broth").getByText("1 of 2").waitFor();
  await adas.getByRole("button", { name: "Next change" }).click();
  await expect.poll(() => focused(adas)).toBe("Edit Roast");
  await adas.getByRole("button", { name: "Done" }).click();
  await adas.getByText("2 of 2").waitFor({ state: "detached" });
  await adas.reload();
  await untilState(adas, "live");
  expect(await adas.getByText("since you looked").count()).toBe(0);
});

test("what was removed meanwhile is shown where it was", async () => {
  const soup = await addDishAs(home.owner, home, "monday dinner", "Soup");
  await openAdas();
  await adas.close();
  await removeDishAs(jane, home, soup);
  await openAdas();
  await adas.getByText("1 change since you looked").waitFor();
  await adas.getByRole("button", { name: "Show" }).click();
  await adas.locator("[data-removed-id]").getByText("Jane took it off").waitFor();
  await expect.poll(() => focused(adas)).toContain("Soup");
});
