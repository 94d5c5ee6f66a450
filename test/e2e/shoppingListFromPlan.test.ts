import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { Recipe } from "../../protocol/recipe.ts";
import { browserOf, startBrowser } from "../support/browser.ts";
import { cutEdits } from "../support/cutEdits.ts";
import { join, makeHome, type Home, type Person } from "../support/people.ts";
import {
  boxOn,
  lineOn,
  listPath,
  openList,
  storedTicks,
  tickAs,
  writeLines,
} from "../support/shoppingLists.ts";
import { startStack, type Stack } from "../support/stack.ts";

let stack: Stack;
let browser: Browser;
let home: Home;
let jane: Person;
let context: BrowserContext;
let page: Page;

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
  jane = await join(home, "Jane");
  await writeLines(home.owner, home, "2 l milk");
  context = await browserOf(browser, home.owner);
  return () => context.close();
});

test("to make the list anew from the plan unticks nothing, here or later", async () => {
  const recipe = await home.owner.json<Recipe>("POST", "/api/recipes", {
    householdId: home.household._id,
    title: "Pancakes",
    servings: 2,
    ingredients: [{ quantity: 250, unit: "g", name: "flour" }],
  });
  const dish = { day: "monday", meal: "breakfast", recipeId: recipe._id };
  await home.owner.json("POST", `/api/mealplans/${home.plan._id}/entries`, dish);
  const fill = () => jane.json("POST", `${listPath(home)}/from-plan`, { planId: home.plan._id });
  await fill();
  page = await openList(context, stack.url);
  const mend = await cutEdits(context);
  await lineOn(page, "Flour 250 g").click();
  await page.getByText("1 tick waiting").waitFor();
  await fill();
  expect(await boxOn(page, "Flour 250 g").isChecked()).toBe(true);
  await mend();
  await expect.poll(() => storedTicks(home.owner, home)).toHaveLength(1);
  await fill();
  await tickAs(jane, home, "2 l milk");
  await lineOn(page, "Milk 2 l").getByText("Jane").waitFor();
  expect(await boxOn(page, "Flour 250 g").isChecked()).toBe(true);
  expect(await storedTicks(home.owner, home)).toHaveLength(2);
});

test("this week’s plan fills the list: how much for as many as will eat, and for which dishes", async () => {
  const pancakes = {
    householdId: home.household._id,
    title: "Pancakes",
    servings: 2,
    ingredients: [{ quantity: 1.5, unit: "cups", name: "flour" }],
  };
  const { _id: recipeId } = await home.owner.json<Recipe>("POST", "/api/recipes", pancakes);
  const entries = `/api/mealplans/${home.plan._id}/entries`;
  await home.owner.json("POST", entries, { day: "monday", meal: "breakfast", recipeId, servings: 6 });
  page = await openList(context, stack.url);
  await page.getByRole("button", { name: "From this week’s plan" }).click();
  await boxOn(page, "Flour 4½ cups").waitFor();
  await lineOn(page, "Flour 4½ cups").getByText("Pancakes").waitFor();
});
