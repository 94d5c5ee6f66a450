import { MongoClient, ObjectId } from "mongodb";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { Recipe } from "../../protocol/recipe.ts";
import { browserOf, startBrowser, untilState } from "../support/browser.ts";
import { startFeed } from "../support/feed.ts";
import { join, makeHome, type Home, type Person } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

const RECIPE = {
  title: "Lentil soup",
  servings: 4,
  ingredients: [{ quantity: 200, unit: "g", name: "red lentils" }],
  steps: ["Cook."],
  tags: ["soup"],
  image: null,
  source: null,
};

let stack: Stack;
let browser: Browser;
let database: MongoClient;
let home: Home;
let jane: Person;
let contexts: [BrowserContext, BrowserContext];

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

/** The same page in Ada's window and in Jane's, both live. */
async function openBoth(path: string): Promise<[Page, Page]> {
  const [adas, janes] = await Promise.all(contexts.map((context) => open(context, path)));
  if (!adas || !janes) throw new Error("unreachable");
  return [adas, janes];
}

async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(stack.url + path);
  await untilState(page, "live");
  return page;
}

function addRecipe(more: Partial<typeof RECIPE> = {}): Promise<Recipe> {
  return jane.json("POST", "/api/recipes", { householdId: home.household._id, ...RECIPE, ...more });
}

function recipes() {
  return database.db().collection("recipes");
}

test("a recipe that one of them writes down appears in the other's window at once, and a deleted one goes", async () => {
  const [adas, janes] = await openBoth("/recipes");
  await janes.getByRole("link", { name: "New recipe" }).click();
  await janes.getByLabel("Title").fill("Onion tart");
  await janes.getByRole("button", { name: "Save recipe" }).click();
  await janes.getByRole("heading", { name: "Onion tart" }).waitFor();
  await adas.getByRole("link", { name: "Onion tart" }).click();
  await adas.getByRole("heading", { name: "Onion tart" }).waitFor();
  await janes.getByRole("button", { name: "Delete" }).click();
  await janes.getByRole("button", { name: "Yes, delete" }).click();
  await janes.getByText("No recipes yet").waitFor();
  await adas.getByText("There is no such recipe").waitFor();
});

test("what somebody types into the database is in every open cookbook", async () => {
  await startFeed(stack);
  const recipe = await addRecipe();
  const pages = await openBoth("/recipes");
  const both = (run: (page: Page) => Promise<void>) => Promise.all(pages.map(run));
  await both((page) => page.getByRole("link", { name: "Lentil soup" }).waitFor());
  const _id = new ObjectId(recipe._id);
  await recipes().updateOne({ _id }, { $set: { title: "Dal" } });
  await both((page) => page.getByRole("link", { name: "Dal" }).waitFor());
  await recipes().insertOne({ householdId: new ObjectId(home.household._id), title: "Typed by hand" });
  await both((page) => page.getByRole("link", { name: "Typed by hand" }).waitFor());
  await recipes().deleteOne({ _id });
  await both((page) => page.getByRole("link", { name: "Dal" }).waitFor({ state: "detached" }));
});

test("a recipe that moves to another household leaves the cookbook", async () => {
  await startFeed(stack);
  const recipe = await addRecipe();
  const elsewhere = await makeHome(stack.url, "Bob");
  const bobs = await open(await browserOf(browser, elsewhere.owner), "/recipes");
  const [adas] = await openBoth("/recipes");
  await adas.getByRole("link", { name: "Lentil soup" }).waitFor();
  const householdId = new ObjectId(elsewhere.household._id);
  await recipes().updateOne({ _id: new ObjectId(recipe._id) }, { $set: { householdId } });
  await adas.getByRole("link", { name: "Lentil soup" }).waitFor({ state: "detached" });
  await bobs.getByRole("link", { name: "Lentil soup" }).waitFor();
  await bobs.context().close();
});

test("a recipe that was just added can be put on the plan without a reload", async () => {
  const page = await open(contexts[0], `/plans/${home.plan._id}`);
  await page.getByRole("button", { name: "Add to Monday dinner" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Dish").fill("lent");
  await addRecipe();
  await dialog.getByRole("option", { name: "Lentil soup" }).click();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("button", { name: "Edit Lentil soup" }).waitFor();
});

test("whoever edits a recipe hears that somebody else changed it or deleted it, and loses nothing typed", async () => {
  const recipe = await addRecipe();
  const page = await open(contexts[0], `/recipes/${recipe._id}`);
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Title").fill("My soup");
  await jane.json("PATCH", `/api/recipes/${recipe._id}`, { title: "Jane's soup" });
  await page.getByText("Somebody changed this recipe").waitFor();
  await jane.request("DELETE", `/api/recipes/${recipe._id}`);
  await page.getByText("Somebody deleted this recipe").waitFor();
  expect(await page.getByLabel("Title").inputValue()).toBe("My soup");
});

test("who joins the household appears on its page, a new name as well, and who leaves goes", async () => {
  await startFeed(stack);
  const [adas, janes] = await openBoth(`/households/${home.household._id}`);
  await join(home, "Zoe");
  await Promise.all([adas, janes].map((page) => page.getByText("Zoe").waitFor()));
  await adas.getByRole("textbox", { name: "Name" }).fill("The Doves");
  await adas.getByRole("button", { name: "Rename" }).click();
  await janes.getByRole("heading", { name: "The Doves" }).waitFor();
  await database
    .db()
    .collection<{ members: object[] }>("households")
    .updateOne({ _id: new ObjectId(home.household._id) }, { $pull: { members: { name: "Zoe" } } as never });
  await Promise.all([adas, janes].map((page) => page.getByText("Zoe").waitFor({ state: "detached" })));
});

test("a plan shows the household's new name without a reload", async () => {
  const [adas] = await openBoth(`/plans/${home.plan._id}`);
  await adas.getByRole("link", { name: "Ada's home" }).waitFor();
  await home.owner.json("PATCH", `/api/households/${home.household._id}`, { name: "The Doves" });
  await adas.getByRole("link", { name: "The Doves" }).waitFor();
});

test("who is removed from the household hears so and is led away; the household's recipes go", async () => {
  await addRecipe();
  const [adas, janes] = await openBoth(`/households/${home.household._id}`);
  const cookbook = await open(contexts[1], "/recipes");
  await cookbook.getByRole("link", { name: "Lentil soup" }).waitFor();
  await adas.getByRole("group", { name: "Remove" }).getByRole("button").click();
  await adas.getByRole("button", { name: "Yes, remove" }).click();
  await janes.getByText("You are no longer a member of Ada's home.").waitFor();
  await janes.waitForURL(`${stack.url}/households`);
  await cookbook.getByText("You are no longer a member of Ada's home.").waitFor();
  await cookbook.getByText("No recipes yet").waitFor();
  await adas.getByText("Jane").waitFor({ state: "detached" });
});

test("when a household is deleted, who looks at it hears so and is led away", async () => {
  const [adas, janes] = await openBoth(`/households/${home.household._id}`);
  await adas.getByRole("group", { name: "Delete" }).getByRole("button").click();
  await adas.getByRole("button", { name: "Yes, delete" }).click();
  await janes.waitForURL(`${stack.url}/households`);
  await janes.getByText("Ada's home was deleted.").waitFor();
});
