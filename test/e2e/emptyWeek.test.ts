import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { MealPlan } from "../../protocol/mealPlan.ts";
import { mondayOf, weekAfter } from "../../protocol/week.ts";
import { browserOf, openPlan, shownDishes, startBrowser } from "../support/browser.ts";
import { addDishAs, focused } from "../support/dishes.ts";
import { makeHome, type Home } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

let stack: Stack;
let browser: Browser;
let home: Home;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  stack = await startStack();
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

beforeEach(async () => {
  home = await makeHome(stack.url);
  await home.owner.json("POST", "/api/recipes", { title: "Lentil dal", servings: 3 });
  await home.owner.json("POST", "/api/recipes", { title: "Porridge", servings: 1, tags: ["breakfast"] });
  await addDishAs(home.owner, home, "tuesday lunch", "Cheese rolls");
  await addDishAs(home.owner, home, "friday dinner", "Friday pizza");
  context = await browserOf(browser, home.owner);
  page = await openPlan(context, stack.url, (await planAfter(1))._id);
  return () => context.close();
});

function planAfter(weeks: number): Promise<MealPlan> {
  const week = weekAfter(home.plan.week, weeks);
  expect(mondayOf(week)).not.toBeNull();
  return home.owner.json("GET", `/api/households/${home.household._id}/mealplans?week=${week}`);
}

/** For how many each dish of next week is planned. */
async function portionsNextWeek(): Promise<readonly (number | null)[]> {
  const { entries } = await planAfter(1);
  return entries.map(({ servings }) => servings);
}

function question() {
  return page.getByRole("region", { name: "What shall we eat?" });
}

test("an empty week asks what to eat; one press plans one of the household's own dinners, and the focus goes there", async () => {
  await question().getByText("Lentil dal").waitFor();
  expect(await question().getByText("Porridge").count()).toBe(0);
  await question().getByRole("button", { name: "Monday dinner: Lentil dal" }).click();
  await expect.poll(() => shownDishes(page)).toEqual(["monday dinner: Lentil dal"]);
  await question().waitFor({ state: "detached" });
  await expect.poll(() => focused(page)).toMatch(/Lentil dal|Monday dinner/);
  await expect.poll(portionsNextWeek).toEqual([3]);
});

test("there are others for whoever likes none of them", async () => {
  const titles = () => question().locator(".dish").allTextContents();
  await question().getByText("Lentil dal").waitFor();
  const before = await titles();
  expect(before.length).toBe(3);
  await question().getByRole("button", { name: "Three others" }).click();
  await expect.poll(titles).not.toEqual(before);
});

test("last week can be had again, dish by dish in its place", async () => {
  await question().getByRole("button", { name: "Copy last week" }).click();
  await expect
    .poll(() => shownDishes(page))
    .toEqual(["friday dinner: Friday pizza", "tuesday lunch: Cheese rolls"]);
  await expect.poll(async () => (await planAfter(1)).entries.length).toBe(2);
});

test("when last week was empty as well, that is said", async () => {
  const later = await openPlan(context, stack.url, (await planAfter(3))._id);
  await later.getByRole("button", { name: "Copy last week" }).click();
  await later.getByText("There was nothing planned last week either.").waitFor();
});
