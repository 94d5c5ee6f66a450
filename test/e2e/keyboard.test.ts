import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { browserOf, openPlan, shownDishes, startBrowser, untilState } from "../support/browser.ts";
import { addDishAs, focused } from "../support/dishes.ts";
import { makeHome, type Home } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

let stack: Stack;
let browser: Browser;
let home: Home;
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
  await addDishAs(home.owner, home, "monday breakfast", "Porridge");
  context = await browserOf(browser, home.owner);
  page = await openPlan(context, stack.url, home.plan._id);
  await page.getByRole("button", { name: "Edit Porridge" }).waitFor();
  return () => context.close();
});

/** Presses Tab until something has the focus, as somebody without a mouse does. */
async function tabTo(name: string): Promise<void> {
  for (let step = 0; step < 200; step++) {
    if ((await focused(page)).trim() === name) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${name}`);
}

async function expectFocus(name: string): Promise<void> {
  await expect.poll(async () => (await focused(page)).trim()).toBe(name);
}

/** The name of the field that has the focus. */
function focusedField(): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.getAttribute("name") ?? null);
}

async function untilNoDialog(): Promise<void> {
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

test("the first Tab leads past the head of the page, into the plan", async () => {
  await page.keyboard.press("Tab");
  await expectFocus("Skip to the content");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
});

test("Tab leads through a meal in the order in which it is read", async () => {
  await tabTo("Add to Monday breakfast");
  for (const name of ["Edit Porridge", "Remove Porridge", "Add to Monday lunch"]) {
    await page.keyboard.press("Tab");
    await expectFocus(name);
  }
});

test("adding: into the form, and back to where one adds", async () => {
  await tabTo("Add to Monday lunch");
  await page.keyboard.press("Enter");
  await expect.poll(focusedField).toBe("title");
  await page.keyboard.type("Salad");
  await page.keyboard.press("Enter");
  await untilNoDialog();
  await expectFocus("Add to Monday lunch");
  await expect.poll(() => shownDishes(page)).toContain("monday lunch: Salad");
});

test("changing: into the form and back to the dish, saved or not", async () => {
  await tabTo("Edit Porridge");
  await page.keyboard.press("Enter");
  await expect.poll(focusedField).toBe("title");
  await page.keyboard.press("Escape");
  await untilNoDialog();
  await expectFocus("Edit Porridge");
  await page.keyboard.press("Enter");
  await expect.poll(focusedField).toBe("title");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Oats");
  await page.keyboard.press("Enter");
  await untilNoDialog();
  await expectFocus("Edit Oats");
});

test("moving: the focus goes with the dish", async () => {
  await tabTo("Edit Porridge");
  await page.keyboard.press("Enter");
  await expect.poll(focusedField).toBe("title");
  while ((await focusedField()) !== "day") await page.keyboard.press("Tab");
  await page.keyboard.type("Thu");
  while ((await focused(page)).trim() !== "Save") await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await untilNoDialog();
  await expect.poll(() => shownDishes(page)).toEqual(["thursday breakfast: Porridge"]);
  await expectFocus("Edit Porridge");
});

test("removing and taking it back: beside the dish, and on it again", async () => {
  await tabTo("Remove Porridge");
  await page.keyboard.press("Enter");
  await expectFocus("Add to Monday breakfast");
  await tabTo("Undo");
  await page.keyboard.press("Enter");
  await expect.poll(() => shownDishes(page)).toEqual(["monday breakfast: Porridge"]);
  await expectFocus("Edit Porridge");
});

test("sharing: into the dialog and back to its button", async () => {
  await tabTo("Share");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest("dialog") !== null)).toBe(true);
  await page.keyboard.press("Escape");
  await untilNoDialog();
  await expectFocus("Share");
});

test("the activity: to its heading and back to its button", async () => {
  await tabTo("Activity");
  await page.keyboard.press("Enter");
  await page.getByRole("complementary", { name: "Activity" }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("H2");
  await page.keyboard.press("Tab");
  await expectFocus("Close the activity");
  await page.keyboard.press("Enter");
  await page.getByRole("complementary", { name: "Activity" }).waitFor({ state: "detached" });
  await expectFocus("Activity");
});

test("the details of the connection open and close in their place", async () => {
  await tabTo("Connection details");
  await page.keyboard.press("Enter");
  await page.getByText("Last heard").waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("Last heard").waitFor({ state: "hidden" });
  await expectFocus("Connection details");
});

test("another week is a new page: the focus is at its beginning", async () => {
  await tabTo("Next week");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.includes(home.plan._id));
  await untilState(page, "live");
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("content");
  await tabTo("This week");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/plans/${home.plan._id}`);
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("content");
});
