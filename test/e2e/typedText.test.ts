import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { MealPlan } from "../../protocol/mealPlan.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { browserOf, openPlan, startBrowser, untilState } from "../support/browser.ts";
import { crash } from "../support/crash.ts";
import { addDish, openDish } from "../support/dishForms.ts";
import { makeHome, type Home } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

const TEXT = "half a sent";

let stack: Stack;
let browser: Browser;
let home: Home;
let recipe: Recipe;
let context: BrowserContext;

beforeAll(async () => {
  stack = await startStack({ vars: { HEARTBEAT_SECONDS: "1" } });
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

beforeEach(async () => {
  home = await makeHome(stack.url);
  const soup = { day: "monday", meal: "dinner", title: "Soup" };
  await home.owner.json<MealPlan>("POST", `/api/mealplans/${home.plan._id}/entries`, soup);
  recipe = await home.owner.json<Recipe>("POST", "/api/recipes", { title: "Pancakes" });
  context = await browserOf(browser, home.owner);
  return () => context.close();
});

/** A form of the page, and one of its fields. */
interface FormCase {
  readonly path: () => string;
  /** Opens the form on the page of that path. */
  readonly field: (page: Page) => Promise<Locator>;
}

const FORMS: Readonly<Record<string, FormCase>> = {
  "of a new dish": {
    path: () => `/plans/${home.plan._id}`,
    field: async (page) => {
      await page.getByRole("button", { name: "Add to Monday lunch" }).click();
      return page.getByRole("dialog").getByLabel("Dish");
    },
  },
  "of a dish": {
    path: () => `/plans/${home.plan._id}`,
    field: async (page) => (await openDish(page, "Soup")).getByLabel("Note"),
  },
  "of a new recipe": { path: () => "/recipes/new", field: async (page) => page.getByLabel("Ingredients") },
  "of a recipe": {
    path: () => `/recipes/${recipe._id}`,
    field: async (page) => {
      await page.getByRole("button", { name: "Edit", exact: true }).click();
      return page.getByLabel("Steps");
    },
  },
  "of a household's name": {
    path: () => `/households/${home.household._id}`,
    field: async (page) => page.getByLabel("Name", { exact: true }),
  },
  "of a new household": {
    path: () => "/households",
    field: async (page) => page.getByLabel("Name of the new household"),
  },
  "of one's name": {
    path: () => "/account",
    field: async (page) => {
      await page.getByRole("button", { name: "Change", exact: true }).click();
      return page.getByRole("region", { name: "You" }).getByLabel("Name");
    },
  },
  "of the first dinner": {
    path: () => `/plans/${home.plan._id}?tonight`,
    field: async (page) => page.getByRole("textbox", { name: "What is for dinner tonight?" }),
  },
};

const STRANGERS_FORMS: Readonly<Record<string, FormCase>> = {
  "of a sign-in": { path: () => "/login", field: async (page) => page.getByLabel("Email") },
  "of a registration": { path: () => "/register", field: async (page) => page.getByLabel("Name") },
};

/** Follows a link of the page itself. */
async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((href) => {
    const link = document.body.appendChild(Object.assign(document.createElement("a"), { href }));
    link.click();
    link.remove();
  }, path);
}

/** Types into a form, and loses the page in every way that there is. Every time the text is there again. */
async function loseAndFind({ path, field }: FormCase): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${stack.url}/recipes?before`);
  await page.getByRole("link", { name: "Mealcast" }).waitFor();
  await follow(page, path());
  await (await field(page)).fill(TEXT);
  await page.goBack();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.goForward();
  expect(await (await field(page)).inputValue()).toBe(TEXT);
  await page.reload();
  await (await field(page)).fill(`${TEXT}e`);
  await page.close();
  const next = await context.newPage();
  await next.goto(stack.url + path());
  const again = await field(next);
  expect(await again.inputValue()).toBe(`${TEXT}e`);
  await again.fill(`${TEXT}ence`);
  await crash(next);
  const last = await context.newPage();
  await last.goto(stack.url + path());
  expect(await (await field(last)).inputValue()).toBe(`${TEXT}ence`);
}

test.each(Object.keys(FORMS))(
  "what is typed into the form %s is there after going back, a reload, a closed tab and a crash",
  async (name) => {
    const form = FORMS[name];
    if (form) await loseAndFind(form);
  },
);

test.each(Object.keys(STRANGERS_FORMS))(
  "what a stranger types into the form %s is there again as well, but for the password",
  async (name) => {
    context = await browser.newContext();
    const form = STRANGERS_FORMS[name];
    if (form) await loseAndFind(form);
    const page = await context.newPage();
    await page.goto(stack.url + (form?.path() ?? ""));
    await page.getByLabel("Password").fill("a long password");
    await page.reload();
    expect(await page.getByLabel("Password").inputValue()).toBe("");
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("a long password");
  },
);

test("what was typed into a dish that is gone by now is offered on its plan, and can be put back or dropped", async () => {
  const page = await openPlan(context, stack.url, home.plan._id);
  await (await openDish(page, "Soup")).getByLabel("Note").fill(TEXT);
  await page.close();
  const { entries } = await home.owner.json<MealPlan>("GET", `/api/mealplans/${home.plan._id}`);
  await home.owner.json("DELETE", `/api/mealplans/${home.plan._id}/entries/${entries[0]?._id}`);
  const again = await openPlan(context, stack.url, home.plan._id);
  const left = again.getByRole("region", { name: "Not finished" });
  await left.getByText("You were writing in Soup").waitFor();
  await left.getByRole("button", { name: "Open it" }).click();
  expect(await again.getByRole("dialog").getByLabel("Note").inputValue()).toBe(TEXT);
  await again.getByRole("button", { name: "Put it back" }).click();
  await left.waitFor({ state: "detached" });
  const saved = () => home.owner.json<MealPlan>("GET", `/api/mealplans/${home.plan._id}`);
  await expect.poll(async () => (await saved()).entries).toMatchObject([{ title: "Soup", note: TEXT }]);
});

test("what was typed into a recipe that is gone by now can be added as a new one", async () => {
  const page = await context.newPage();
  await page.goto(`${stack.url}/recipes/${recipe._id}`);
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Steps").fill(TEXT);
  await page.close();
  await home.owner.json("DELETE", `/api/recipes/${recipe._id}`);
  const again = await context.newPage();
  await again.goto(`${stack.url}/recipes/${recipe._id}`);
  await again.getByRole("button", { name: "Open it" }).click();
  await again.getByRole("button", { name: "Add as a new recipe" }).click();
  await again.getByRole("heading", { name: "Pancakes" }).waitFor();
  const recipes = await home.owner.json<Recipe[]>("GET", "/api/recipes");
  expect(recipes).toMatchObject([{ title: "Pancakes", steps: [TEXT] }]);
  expect(again.url()).toContain(recipes[0]?._id ?? "nowhere");
});

test("an edit without a connection is there after going elsewhere, closing the tab and coming back without one; the error line goes when the connection is back", async () => {
  const page = await openPlan(context, stack.url, home.plan._id);
  await context.route("**/api/**", (route) => route.abort());
  await addDish(page, "Friday dinner", "Pizza");
  await page.getByText("1 edit waiting").waitFor();
  await page.getByRole("link", { name: "Households" }).click();
  await page.getByText("1 edit waiting").waitFor();
  await page.close();
  const again = await context.newPage();
  await again.goto(`${stack.url}/plans/${home.plan._id}`);
  await again.getByText("1 edit waiting").waitFor();
  await again.getByText("Mealcast can't be reached").waitFor();
  await context.unrouteAll();
  await again.evaluate(() => dispatchEvent(new Event("online")));
  await untilState(again, "live");
  await again.getByText("Mealcast can't be reached").waitFor({ state: "detached" });
  await again.getByRole("button", { name: "Edit Pizza" }).waitFor();
  await again.getByText("1 edit waiting").waitFor({ state: "detached" });
});

test("the error line of a form that could not reach the server goes by itself when the server is back", async () => {
  const page = await context.newPage();
  await page.goto(`${stack.url}/households`);
  await untilState(page, "live");
  await context.route("**/api/**", (route) => route.abort());
  await page.getByLabel("Name of the new household").fill("The Adas");
  await page.getByRole("button", { name: "Create household" }).click();
  await page.getByText("Mealcast can't be reached").waitFor();
  await context.unrouteAll();
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await page.getByText("Mealcast can't be reached").waitFor({ state: "detached" });
  expect(await page.getByLabel("Name of the new household").inputValue()).toBe("The Adas");
});
