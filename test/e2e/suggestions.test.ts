import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { browserOf, openPlan, shownDishes, startBrowser } from "../support/browser.ts";
import { makeHome, type Home } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

let stack: Stack;
let browser: Browser;
let home: Home;
let page: Page;
let dish: Locator;

beforeAll(async () => {
  stack = await startStack();
  browser = await startBrowser();
  home = await makeHome(stack.url);
  for (const title of ["Greek salad", "Salmon with dill", "Universal stew"]) {
    await home.owner.json("POST", "/api/recipes", { title, servings: 4 });
  }
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

beforeEach(async () => {
  const context = await browserOf(browser, home.owner);
  page = await openPlan(context, stack.url, home.plan._id);
  await page.getByRole("button", { name: "Add to Monday lunch" }).click();
  dish = page.getByRole("dialog").getByLabel("Dish");
  await page.getByRole("option", { name: "Greek salad" }).waitFor();
  return () => context.close();
});

async function expectMarked(...titles: readonly string[]): Promise<void> {
  const marked = page.getByRole("listbox", { name: "Recipes" }).getByRole("option", { selected: true });
  await expect.poll(() => marked.allTextContents()).toEqual(titles);
}

test("the first letters of a word and Enter take the recipe that is marked; another Enter plans it", async () => {
  await dish.pressSequentially("salm");
  await expectMarked("Salmon with dill");
  await dish.press("Enter");
  await expect.poll(() => dish.inputValue()).toBe("Salmon with dill");
  await dish.press("Enter");
  await expect.poll(() => shownDishes(page)).toContain("monday lunch: Salmon with dill");
});

test("the arrow keys move the mark, and away from all of them: then Enter plans what was typed", async () => {
  await dish.pressSequentially("sal");
  await expectMarked("Greek salad");
  await dish.press("ArrowDown");
  await expectMarked("Salmon with dill");
  await dish.press("ArrowUp");
  await dish.press("ArrowUp");
  await expectMarked();
  await dish.press("Enter");
  await expect.poll(() => shownDishes(page)).toContain("monday lunch: sal");
});

test("letters from the middle of a word mark nothing: whoever types them may mean something else", async () => {
  await dish.pressSequentially("ste");
  await expectMarked("Universal stew");
  await dish.fill("");
  await dish.pressSequentially("tew");
  await expectMarked();
});

test("on a small screen the form's own buttons are in sight, however much is suggested", async () => {
  await page.setViewportSize({ width: 390, height: 420 });
  const add = page.getByRole("dialog").getByRole("button", { name: "Add", exact: true });
  const box = await add.boundingBox();
  expect(box && box.y + box.height).toBeLessThanOrEqual(420);
  await dish.fill("Soup");
  await add.click({ timeout: 5000 });
  await expect.poll(() => shownDishes(page)).toContain("monday lunch: Soup");
});
