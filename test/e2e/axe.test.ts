import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { NewShare } from "../../protocol/mealPlan.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { violationsInBothSchemes } from "../support/axe.ts";
import { browserOf, startBrowser, untilState } from "../support/browser.ts";
import { addDishAs, changeDishAs, removeDishAs } from "../support/dishes.ts";
import { join, makeHome, type Home, type Person } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

const EDITS = "**/api/mealplans/*/entries**";

let stack: Stack;
let browser: Browser;
let home: Home;
let jane: Person;
let soup: string;
let recipe: Recipe;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  stack = await startStack({ vars: { HEARTBEAT_SECONDS: "1" } });
  browser = await startBrowser();
  home = await makeHome(stack.url);
  jane = await join(home, "Jane");
  soup = await addDishAs(home.owner, home, "monday dinner", "Soup");
  recipe = await jane.json("POST", "/api/recipes", {
    title: "Lentil soup",
    ingredients: [{ quantity: 200, unit: "g", name: "red lentils" }],
    steps: ["Cook."],
    tags: ["soup"],
  });
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

afterEach(async () => {
  expect(await violationsInBothSchemes(page)).toEqual([]);
  await context.close();
});

function planPath(): string {
  return `/plans/${home.plan._id}`;
}

async function open(path: string, isLive = true): Promise<void> {
  await page.goto(stack.url + path);
  if (isLive) await untilState(page, "live");
  await page.locator("h1").first().waitFor();
}

function dialog() {
  return page.getByRole("dialog");
}

describe("axe finds nothing wrong with a member's page:", () => {
  beforeEach(async () => {
    context = await browserOf(browser, home.owner);
    page = await context.newPage();
  });

  test("the week", async () => {
    await open(planPath());
    await page.getByRole("button", { name: "Edit Soup" }).waitFor();
  });

  test("an empty week, on a phone", async () => {
    const plan = await home.owner.json<{ _id: string }>(
      "GET",
      `/api/households/${home.household._id}/mealplans?week=2027-W10`,
    );
    await page.setViewportSize({ width: 390, height: 800 });
    await open(`/plans/${plan._id}`);
  });

  test("a week that another has just changed", async () => {
    const stew = await addDishAs(jane, home, "monday dinner", "Stew");
    await open(planPath());
    await changeDishAs(jane, home, soup, { note: `hot ${Date.now()}` });
    await page.getByText("Jane, just now").waitFor();
    await removeDishAs(jane, home, stew);
    await page.getByRole("button", { name: "Undo" }).hover();
  });

  test("a week that changed in one's absence", async () => {
    await open(planPath());
    await page.close();
    await changeDishAs(jane, home, soup, { note: `cold ${Date.now()}` });
    page = await context.newPage();
    await open(planPath());
    await page.getByText("1 change since you looked").waitFor();
    expect(await violationsInBothSchemes(page)).toEqual([]);
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByText("1 of 1").waitFor();
  });

  test("a week without a connection, with an edit that waits", async () => {
    await open(planPath());
    await context.setOffline(true);
    await untilState(page, "offline");
    await page.getByRole("button", { name: "Remove Soup" }).click();
    await page.getByText("1 edit waiting").waitFor();
  });

  test("an edit that was refused", async () => {
    await context.route(EDITS, (route) =>
      route.fulfill({
        status: 409,
        contentType: "application/problem+json",
        body: JSON.stringify({ title: "Full", status: 409, code: "limit-reached" }),
      }),
    );
    await open(planPath());
    await page.getByRole("button", { name: "Edit Soup" }).click();
    await dialog().getByLabel("Note").fill("hot");
    await dialog().getByRole("button", { name: "Save" }).click();
    await page.getByRole("region", { name: "Not saved" }).waitFor();
  });

  test("the form of a new dish", async () => {
    await open(planPath());
    await page.getByRole("button", { name: "Add to Monday lunch" }).click();
    await dialog().getByLabel("Dish").fill("lent");
    await dialog().getByRole("option", { name: "Lentil soup" }).waitFor();
  });

  test("the form of a dish", async () => {
    await open(planPath());
    await page.getByRole("button", { name: "Edit Soup" }).click();
    await dialog().waitFor();
  });

  test("a conflict", async () => {
    await open(planPath());
    await page.getByRole("button", { name: "Edit Soup" }).click();
    await dialog().getByLabel("Note").fill("mine");
    await changeDishAs(jane, home, soup, { note: `hers ${Date.now()}` });
    await page.getByText("Jane, just now").waitFor();
    await dialog().getByRole("button", { name: "Save" }).click();
    await dialog().getByText("mine").first().waitFor();
    await dialog().getByText("hers").first().waitFor();
  });

  test("sharing", async () => {
    await open(planPath());
    await page.getByRole("button", { name: "Share" }).click();
    await dialog().waitFor();
  });

  test("the activity", async () => {
    await open(planPath());
    await page.getByRole("button", { name: "Activity", exact: true }).click();
    await page.getByText("You added Soup to Monday dinner").waitFor();
  });

  test("one's account", async () => {
    await open("/account", false);
    await page.getByRole("heading", { name: "Passkeys" }).waitFor();
  });

  test("the details of the connection", async () => {
    await open(planPath());
    await page.locator("summary", { hasText: "Connection details" }).click();
  });

  test("recipes", async () => {
    await open("/recipes");
    await page.getByRole("link", { name: "Lentil soup" }).waitFor();
  });

  test("a recipe", () => open(`/recipes/${recipe._id}`));

  test("a recipe that is being changed", async () => {
    await open(`/recipes/${recipe._id}`);
    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByLabel("Title").waitFor();
  });

  test("a new recipe", async () => {
    await open("/recipes/new", false);
    await page.getByLabel("Title").waitFor();
  });

  test("a recipe that is not there", async () => {
    await open(`/recipes/${"0".repeat(24)}`, false);
  });

  test("the households", () => open("/households"));

  test("a household", async () => {
    await open(`/households/${home.household._id}`);
    await page.getByText("Jane").first().waitFor();
  });

  test("a plan that is nobody's", async () => {
    await page.goto(`${stack.url}/plans/${"0".repeat(24)}`);
    await untilState(page, "gone");
  });

  test("a session that has ended", async () => {
    const zoe = await join(home, "Zoe");
    await context.close();
    context = await browserOf(browser, zoe);
    page = await context.newPage();
    await open(planPath());
    await zoe.json("POST", "/api/users/logout");
    await page.getByLabel("Password").waitFor();
  });
});

describe("axe finds nothing wrong with a page for everybody:", () => {
  beforeEach(async () => {
    context = await browser.newContext();
    page = await context.newPage();
  });

  test.each(["/", "/login", "/register", "/recover", "/nowhere"])("%s", async (path) => {
    await page.goto(stack.url + path);
    await page.locator("h1").first().waitFor();
  });

  test("a plan that is shared", async () => {
    const path = `/api/mealplans/${home.plan._id}/shares`;
    const { url } = await home.owner.json<NewShare>("POST", path, {});
    await page.goto(url);
    await untilState(page, "live");
  });

  test("an invitation", async () => {
    const path = `/api/households/${home.household._id}/invites`;
    const { url } = await home.owner.json<{ url: string }>("POST", path);
    await page.goto(url);
    await page.locator("h1").first().waitFor();
  });
});
