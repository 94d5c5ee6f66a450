import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { violationsInBothSchemes } from "../support/axe.ts";
import { browserOf, openPlan, shownDishes, startBrowser } from "../support/browser.ts";
import { addDishAs, changeDishAs, focused, removeDishAs } from "../support/dishes.ts";
import { join, makeHome, type Home, type Person } from "../support/people.ts";
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
  context = await browserOf(browser, home.owner);
  page = await openPlan(context, stack.url, home.plan._id);
  return () => context.close();
});

async function openActivity(): Promise<void> {
  await page.getByRole("button", { name: "Activity", exact: true }).click();
  await page.getByRole("heading", { name: "Activity" }).waitFor();
}

function panel() {
  return page.getByRole("complementary", { name: "Activity" });
}

function undoing(words: string) {
  return panel().getByRole("button", { name: `Undo: ${words}` });
}

test("the activity tells who did what and when, and goes on telling while it is open", async () => {
  const soup = await addDishAs(home.owner, home, "monday dinner", "Soup");
  await openActivity();
  await panel().getByText("You added Soup to Monday dinner, just now").waitFor();
  await changeDishAs(jane, home, soup, { day: "friday" });
  await panel().getByText("Jane moved Soup from Monday dinner to Friday dinner, just now").waitFor();
  await removeDishAs(jane, home, soup);
  await panel().getByText("Jane removed Soup from Friday dinner").waitFor();
  expect(await violationsInBothSchemes(page)).toEqual([]);
});

test("what another did can be undone from there: a move, a change, a removal", async () => {
  const soup = await addDishAs(home.owner, home, "monday dinner", "Soup");
  await changeDishAs(jane, home, soup, { day: "friday" });
  await changeDishAs(jane, home, soup, { note: "hot" });
  await openActivity();
  await undoing("Jane moved Soup").click();
  await expect.poll(() => shownDishes(page)).toEqual(["monday dinner: Soup"]);
  await page.getByText("hot", { exact: true }).waitFor();
  await removeDishAs(jane, home, soup);
  await undoing("Jane removed Soup").click();
  await expect.poll(() => shownDishes(page)).toEqual(["monday dinner: Soup"]);
  await page.locator("[data-status=saved]").getByText("hot", { exact: true }).waitFor();
});

test("what was changed again since is not overwritten: both are shown, and one is asked", async () => {
  const soup = await addDishAs(home.owner, home, "monday dinner", "Soup");
  await changeDishAs(jane, home, soup, { note: "hot" });
  await changeDishAs(jane, home, soup, { note: "cold" });
  await openActivity();
  await undoing("Jane changed Soup: note “hot”").click();
  await page.getByRole("dialog").getByText("cold").first().waitFor();
  const { entries } = await jane.json<{ entries: { note: string }[] }>(
    "GET",
    `/api/mealplans/${home.plan._id}`,
  );
  expect(entries[0]?.note).toBe("cold");
});

test("before a dish goes that others have worked on since it was added, one is asked", async () => {
  const soup = await addDishAs(home.owner, home, "monday dinner", "Soup");
  await changeDishAs(jane, home, soup, { note: "hot" });
  await openActivity();
  const added = panel().locator("li", { hasText: "You added Soup" });
  await added.getByRole("button", { name: "Undo" }).click();
  await added.getByText("Soup was changed since. Remove it all the same?").waitFor();
  await added.getByRole("button", { name: "Yes, undo" }).click();
  await expect.poll(() => shownDishes(page)).toEqual([]);
});

test("by keyboard the focus goes into the activity, stays in the line that is undone, and comes back", async () => {
  const soup = await addDishAs(home.owner, home, "monday dinner", "Soup");
  await removeDishAs(jane, home, soup);
  await page.getByRole("button", { name: "Activity", exact: true }).press("Enter");
  await expect.poll(() => focused(page)).toBe("Activity");
  await undoing("Jane removed Soup").press("Enter");
  await page.getByRole("button", { name: "Edit Soup" }).waitFor();
  await expect.poll(() => focused(page)).toContain("Jane removed Soup");
  await page.keyboard.press("Escape");
  await panel().waitFor({ state: "detached" });
  expect(await focused(page)).toContain("Activity");
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("BUTTON");
});
