import { MongoClient, ObjectId } from "mongodb";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { MealPlan } from "../../protocol/mealPlan.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { browserOf, openPlan, startBrowser, untilState } from "../support/browser.ts";
import { startFeed } from "../support/feed.ts";
import { join, makeHome, type Home } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

let stack: Stack;
let browser: Browser;
let database: MongoClient;
let home: Home;
let context: BrowserContext;
let page: Page;

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
  context = await browserOf(browser, home.owner);
  page = await context.newPage();
  return () => context.close();
});

async function leadsHome(): Promise<void> {
  await page.getByRole("main").getByRole("link", { name: "This week" }).click();
  await page.waitForURL(`**/plans/${home.plan._id}`);
}

test.each(["/plans/soup", "/households/12", "/recipes/0", "/shared/soup#token", "/nowhere"])(
  "an address that leads nowhere says so in plain words, with a way on: %s",
  async (path) => {
    await page.goto(stack.url + path);
    await page.getByRole("heading", { name: "There is no such page" }).waitFor();
    await leadsHome();
  },
);

test.each([
  ["plans", "This plan is not here for you"],
  ["households", "This household is not here for you"],
  ["recipes", "There is no such recipe"],
])("what is gone or somebody else's says so in plain words, with a way on: %s", async (folder, words) => {
  const stranger = await makeHome(stack.url, "Bob");
  const ids = { plans: stranger.plan._id, households: stranger.household._id };
  const id = (ids as Record<string, string>)[folder] ?? new ObjectId().toString();
  await page.goto(`${stack.url}/${folder}/${id}`);
  await page.getByRole("heading", { name: words }).waitFor();
  expect(await page.getByText("Bob").count()).toBe(0);
  await leadsHome();
});

test("a plan that is deleted while one looks at it offers this week anew", async () => {
  await startFeed(stack);
  await page.goto(`${stack.url}/plans/${home.plan._id}`);
  await untilState(page, "live");
  await database
    .db()
    .collection("mealplans")
    .deleteOne({ _id: new ObjectId(home.plan._id) });
  await page.getByRole("button", { name: "Open this week" }).click();
  await page.waitForURL((url) => url.pathname.startsWith("/plans/") && !url.pathname.endsWith(home.plan._id));
  await untilState(page, "live");
});

test("a dish whose recipe was deleted says so, and stays", async () => {
  const fields = { title: "Lentil soup", householdId: home.household._id };
  const { _id } = await home.owner.json<Recipe>("POST", "/api/recipes", fields);
  const dish = { day: "monday", meal: "dinner", recipeId: _id };
  await home.owner.json<MealPlan>("POST", `/api/mealplans/${home.plan._id}/entries`, dish);
  page = await openPlan(context, stack.url, home.plan._id);
  await page.getByRole("button", { name: "Edit Lentil soup" }).click();
  await page.getByRole("link", { name: "Open the recipe" }).waitFor();
  await home.owner.json("DELETE", `/api/recipes/${_id}`);
  await page.getByText("Its recipe was deleted").waitFor();
  expect(await page.getByRole("link", { name: "Open the recipe" }).count()).toBe(0);
});

test("a share link that was ended can't be copied any more", async () => {
  page = await openPlan(context, stack.url, home.plan._id);
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: "Create a link" }).click();
  await page.getByLabel("Share link").waitFor();
  await page.getByRole("button", { name: "End link" }).click();
  await page.getByLabel("Share link").waitFor({ state: "detached" });
});

test("whoever has several households goes from one's week to the other's, and back to the last one from the start", async () => {
  const other = await makeHome(stack.url, "Bob");
  const invite = await other.owner.json<{ token: string }>(
    "POST",
    `/api/households/${other.household._id}/invites`,
  );
  await home.owner.json("POST", "/api/invites/accept", { token: invite.token });
  page = await openPlan(context, stack.url, home.plan._id);
  await page.getByLabel("Household").selectOption({ label: "Bob's home" });
  await page.waitForURL(`**/plans/${other.plan._id}`);
  await page.goto(stack.url);
  await page.waitForURL(`**/plans/${other.plan._id}`);
});

test("the only owner is told what to do before leaving, and is not offered to", async () => {
  const path = `/households/${home.household._id}`;
  await page.goto(stack.url + path);
  await page.getByText("To leave, delete the household").waitFor();
  await join(home, "Jane");
  await page.getByText("make somebody else an owner first").waitFor();
  expect(await page.getByRole("button", { name: "Leave" }).count()).toBe(0);
});

test("only who may rename the household is offered to", async () => {
  const jane = await join(home, "Jane");
  const janes = await browserOf(browser, jane);
  const her = await janes.newPage();
  await her.goto(`${stack.url}/households/${home.household._id}`);
  await her.getByRole("button", { name: "Leave" }).waitFor();
  expect(await her.getByRole("button", { name: "Rename" }).count()).toBe(0);
  await page.goto(`${stack.url}/households/${home.household._id}`);
  await page.getByRole("button", { name: "Rename" }).waitFor();
  await janes.close();
});
