import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { browserOf, openPlan, startBrowser } from "../support/browser.ts";
import { addDishAs, changeDishAs, focused, removeDishAs } from "../support/dishes.ts";
import { join, makeHome, type Home, type Person } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

let stack: Stack;
let browser: Browser;
let home: Home;
let jane: Person;
let context: BrowserContext;
let page: Page;
let soup: string;
let stew: string;

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
  soup = await addDishAs(home.owner, home, "tuesday dinner", "Soup");
  stew = await addDishAs(home.owner, home, "tuesday dinner", "Stew");
  context = await browserOf(browser, home.owner);
  page = await openPlan(context, stack.url, home.plan._id);
  return () => context.close();
});

function edit(title: string) {
  return page.getByRole("button", { name: `Edit ${title}` });
}

test("after a dish was added the focus is where it can be added again", async () => {
  await page.getByRole("button", { name: "Add to Monday lunch" }).click();
  await page.getByRole("dialog").getByLabel("Dish").fill("Figs");
  await page.keyboard.press("Enter");
  await edit("Figs").waitFor();
  expect(await focused(page)).toBe("Add to Monday lunch");
});

test("the focus follows a dish that one moves oneself", async () => {
  await edit("Soup").focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Day").selectOption("sunday");
  await dialog.getByRole("button", { name: "Save" }).press("Enter");
  await page.locator("[data-day=sunday]").getByRole("button", { name: "Edit Soup" }).waitFor();
  await expect.poll(() => focused(page)).toBe("Edit Soup");
});

test("after a dish was removed the focus is on the next one there, and on the way to add one after the last", async () => {
  await page.getByRole("button", { name: "Remove Soup" }).press("Enter");
  await expect.poll(() => focused(page)).toBe("Edit Stew");
  await page.getByRole("button", { name: "Remove Stew" }).press("Enter");
  await expect.poll(() => focused(page)).toBe("Add to Tuesday dinner");
});

test("when another removes the dish that has the focus, that goes to the next one there", async () => {
  await edit("Soup").focus();
  await removeDishAs(jane, home, soup);
  await expect.poll(() => focused(page)).toBe("Edit Stew");
  await removeDishAs(jane, home, stew);
  await expect.poll(() => focused(page)).toBe("Add to Tuesday dinner");
});

test("when another moves the dish that has the focus, that stays in its place", async () => {
  await edit("Soup").focus();
  await changeDishAs(jane, home, soup, { day: "sunday" });
  await expect.poll(() => focused(page)).toBe("Edit Stew");
});

test("when another removes the dish whose form is open, the focus is beside it after the form", async () => {
  await edit("Soup").click();
  await page.getByRole("dialog").waitFor();
  await removeDishAs(jane, home, soup);
  await page.getByText("was removed").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await expect.poll(() => focused(page)).toBe("Edit Stew");
});

test("a focus that was elsewhere stays there", async () => {
  await edit("Soup").focus();
  await page.locator("h1").click();
  await removeDishAs(jane, home, soup);
  await edit("Soup").waitFor({ state: "detached" });
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
});

test("what another removed does not close under the pointer", async () => {
  await removeDishAs(jane, home, soup);
  const trace = page.locator("[data-removed-id]");
  await trace.getByRole("button", { name: "Undo" }).hover();
  await edit("Stew").waitFor();
  await trace.getByRole("button", { name: "Undo" }).click();
  await edit("Soup").waitFor();
});

test("on a phone, what one is about to press stays where it is while another adds dishes above it", async () => {
  await page.setViewportSize({ width: 390, height: 800 });
  await edit("Stew").hover();
  const place = async () => Math.round((await edit("Stew").boundingBox())?.y ?? -1);
  const before = await place();
  for (const title of ["Eggs", "Figs", "Oats"]) {
    await addDishAs(jane, home, "monday breakfast", title);
    await edit(title).waitFor();
    await expect.poll(place).toBe(before);
  }
  await changeDishAs(jane, home, soup, { day: "sunday" });
  await page
    .locator("[data-day=sunday]")
    .getByRole("button", { name: "Edit Soup" })
    .waitFor({ state: "attached" });
  await expect.poll(place).toBe(before);
});

test("on a page that is too short to scroll, it stays as well", async () => {
  await page.setViewportSize({ width: 1280, height: 1600 });
  await edit("Stew").hover();
  const place = async () => Math.round((await edit("Stew").boundingBox())?.y ?? -1);
  const before = await place();
  for (const title of ["Eggs", "Figs", "Oats", "Rolls"])
    await addDishAs(jane, home, "monday breakfast", title);
  await edit("Rolls").waitFor();
  await expect.poll(place).toBe(before);
});
