import { MongoClient, ObjectId } from "mongodb";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { MealPlan } from "../../protocol/mealPlan.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { browserOf, openPlan, startBrowser, untilState } from "../support/browser.ts";
import { cutEdits } from "../support/cutEdits.ts";
import { openDish } from "../support/dishForms.ts";
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
let soupId: string;

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
  const dish = { day: "monday", meal: "dinner", title: "Soup", note: "mild" };
  soupId = (await home.owner.json<MealPlan>("POST", entriesPath(), dish)).entries[0]?._id ?? "";
  contexts = [await browserOf(browser, home.owner), await browserOf(browser, jane)];
  adas = await openPlan(contexts[0], stack.url, home.plan._id);
  return () => Promise.all(contexts.map((context) => context.close()));
});

function entriesPath(): string {
  return `/api/mealplans/${home.plan._id}/entries`;
}

async function soup() {
  const { entries } = await home.owner.json<MealPlan>("GET", `/api/mealplans/${home.plan._id}`);
  return entries.find(({ _id }) => _id === soupId);
}

async function janeWrites(fields: object): Promise<void> {
  await jane.json("PATCH", `${entriesPath()}/${soupId}`, fields);
}

/** Ada writes a note while Jane's is saved. */
async function adaAndJaneWrite(): Promise<void> {
  const form = await openDish(adas, "Soup");
  await form.getByLabel("Note").fill("hot, with good bread");
  await janeWrites({ note: "hot, with noodles" });
  await form.getByRole("button", { name: "Save" }).click();
}

/** The dialog that asks whose version is to stay. */
function question() {
  return adas.getByRole("dialog", { name: "Jane changed this meanwhile" });
}

test("when two write the same note, the second is shown both, their own chosen, and keeps it with a word", async () => {
  await adaAndJaneWrite();
  await question().waitFor();
  expect(await soup()).toMatchObject({ note: "hot, with noodles" });
  const mine = question().getByRole("radio", { name: /Yours.*good bread/s });
  expect(await mine.isChecked()).toBe(true);
  expect(await question().locator("mark").allTextContents()).toEqual(["noodles", "good bread"]);
  await question().getByRole("button", { name: "Keep mine" }).click();
  await expect.poll(soup).toMatchObject({ note: "hot, with good bread" });
  await question().waitFor({ state: "detached" });
  await adas.locator("[data-status=saved]", { hasText: "good bread" }).waitFor();
});

test("the other's version can be kept, and nothing is left to decide", async () => {
  await adaAndJaneWrite();
  await question()
    .getByRole("radio", { name: /Jane’s.*noodles/s })
    .check();
  await question().getByRole("button", { name: "Keep Jane’s" }).click();
  await adas.locator("[data-status=saved]", { hasText: "noodles" }).waitFor();
  expect(await soup()).toMatchObject({ note: "hot, with noodles" });
  expect(await adas.getByRole("region", { name: "Not saved" }).count()).toBe(0);
});

test("of two fields that both have changed, each is picked for itself, with the keyboard alone", async () => {
  const form = await openDish(adas, "Soup");
  await form.getByLabel("Note").fill("mine");
  await form.getByLabel("Servings").fill("3");
  await janeWrites({ note: "hers", servings: 9 });
  await form.getByLabel("Note").press("Tab");
  await adas.keyboard.press("Enter");
  await question().waitFor();
  const focused = () => adas.evaluate(() => document.activeElement?.closest("fieldset")?.textContent);
  expect(await focused()).toMatch(/^Note/);
  await adas.keyboard.press("Tab");
  expect(await focused()).toMatch(/^Servings/);
  await adas.keyboard.press("ArrowUp");
  await adas.keyboard.press("Enter");
  await expect.poll(soup).toMatchObject({ note: "mine", servings: 9 });
});

test("whoever decides later finds both versions again, after a reload as well", async () => {
  await adaAndJaneWrite();
  await question().getByRole("button", { name: "Decide later" }).click();
  await adas.reload();
  const refused = adas.getByRole("region", { name: "Not saved" });
  await refused.getByText("good bread").waitFor();
  expect(await question().count()).toBe(0);
  await refused.getByRole("button", { name: "Compare" }).click();
  await question().getByText("noodles").waitFor();
  await question().getByRole("button", { name: "Keep mine" }).click();
  await expect.poll(soup).toMatchObject({ note: "hot, with good bread" });
  await refused.waitFor({ state: "detached" });
});

test("an edit that waited for a connection and was overtaken does not interrupt: it is offered", async () => {
  const mend = await cutEdits(contexts[0]);
  const form = await openDish(adas, "Soup");
  await form.getByLabel("Note").fill("mine");
  await form.getByRole("button", { name: "Save" }).click();
  await adas.getByText("1 edit waiting").waitFor();
  await janeWrites({ note: "hers" });
  await mend();
  await adas.getByRole("region", { name: "Not saved" }).getByRole("button", { name: "Compare" }).waitFor();
  expect(await question().count()).toBe(0);
});

test("somebody who changes it once more while one is choosing is not overwritten unseen either", async () => {
  await adaAndJaneWrite();
  await question().waitFor();
  await janeWrites({ note: "cold" });
  await question().getByRole("button", { name: "Keep mine" }).click();
  await question()
    .getByRole("radio", { name: /Jane’s.*cold/s })
    .waitFor();
  expect(await soup()).toMatchObject({ note: "cold" });
});

test("a draft that is older than the other's change asks as well: one has never seen that change", async () => {
  const form = await openDish(adas, "Soup");
  await form.getByLabel("Note").fill("mine");
  await adas.close();
  await janeWrites({ note: "hers" });
  adas = await openPlan(contexts[0], stack.url, home.plan._id);
  const again = await openDish(adas, "Soup");
  expect(await again.getByLabel("Note").inputValue()).toBe("mine");
  await again.getByRole("button", { name: "Save" }).click();
  await question()
    .getByRole("radio", { name: /Jane’s.*hers/s })
    .waitFor();
});

test("what was typed into the database by hand, and the API would not take, stands in nobody's way", async () => {
  await startFeed(stack);
  const plans = database.db().collection("mealplans");
  const odd = { "entries.0.servings": 5000, "entries.0.note": "x".repeat(3000) };
  await plans.updateOne({ _id: new ObjectId(home.plan._id) }, { $set: odd });
  await adas.getByText("serves 5000").waitFor();
  const form = await openDish(adas, "Soup");
  await form.getByLabel("Servings").fill("5");
  await form.getByLabel("Note").fill("short");
  await form.getByRole("button", { name: "Save" }).click();
  await expect.poll(soup).toMatchObject({ servings: 5, note: "short" });
});

test("of two moves of a dish the last wins without a question, and the other is told who moved it where", async () => {
  const janes = await openPlan(contexts[1], stack.url, home.plan._id);
  const mend = await cutEdits(contexts[1]);
  await move(janes, "friday");
  await move(adas, "tuesday");
  await expect.poll(soup).toMatchObject({ day: "tuesday" });
  await mend();
  await expect.poll(soup).toMatchObject({ day: "friday" });
  await adas.locator(".toast", { hasText: "Jane moved Soup to Friday dinner." }).waitFor();
  expect(await janes.getByRole("dialog").count()).toBe(0);
  expect(await janes.getByRole("region", { name: "Not saved" }).count()).toBe(0);
});

async function move(page: Page, day: string): Promise<void> {
  const form = await openDish(page, "Soup");
  await form.getByLabel("Day").selectOption(day);
  await form.getByRole("button", { name: "Save" }).click();
}

test("the name of a household that two have changed is asked about as well", async () => {
  const member = `/api/households/${home.household._id}/members/${jane.user._id}`;
  await home.owner.json("PATCH", member, { role: "owner" });
  await adas.goto(`${stack.url}/households/${home.household._id}`);
  await adas.getByLabel("Name").fill("The Adas");
  await untilState(adas, "live");
  await jane.json("PATCH", `/api/households/${home.household._id}`, { name: "The Janes" });
  await adas.getByRole("button", { name: "Rename" }).click();
  await question()
    .getByRole("radio", { name: /Jane’s.*The Janes/s })
    .waitFor();
  await question().getByRole("button", { name: "Keep mine" }).click();
  await adas.getByRole("heading", { name: "The Adas" }).waitFor();
  const household = () => jane.json<{ name: string }>("GET", `/api/households/${home.household._id}`);
  await expect.poll(async () => (await household()).name).toBe("The Adas");
});

test("a recipe is merged line by line; the lines that both have changed are shown, and picked one by one", async () => {
  const recipe = await jane.json<Recipe>("POST", "/api/recipes", {
    householdId: home.household._id,
    title: "Pancakes",
    steps: ["Whisk.", "Rest for an hour.", "Bake."],
  });
  const steps = async () => (await jane.json<Recipe>("GET", `/api/recipes/${recipe._id}`)).steps;
  await adas.goto(`${stack.url}/recipes/${recipe._id}`);
  await adas.getByRole("button", { name: "Edit" }).click();
  await adas.getByLabel("Steps").fill("Whisk.\nRest for two hours.\nBake.\nEat.");
  await jane.json("PATCH", `/api/recipes/${recipe._id}`, { steps: ["Whisk well.", "Rest.", "Bake."] });
  await adas.getByRole("button", { name: "Save recipe" }).click();
  await question().waitFor();
  const choices = question().getByRole("radio");
  expect(await choices.count()).toBe(2);
  await question()
    .getByRole("radio", { name: /Yours.*two hours/s })
    .waitFor();
  expect(await question().getByText("Whisk well.").count()).toBe(1);
  await question().getByRole("button", { name: "Keep mine" }).click();
  await expect.poll(steps).toEqual(["Whisk well.", "Rest for two hours.", "Bake.", "Eat."]);
});
