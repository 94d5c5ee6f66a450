import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { browserOf, startBrowser } from "../support/browser.ts";
import { makeHome } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  stack = await startStack();
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

test("a member makes an address for calendar apps on the household's page, sees it listed, and ends it", async () => {
  const home = await makeHome(stack.url);
  await home.owner.json("POST", `/api/mealplans/${home.plan._id}/entries`, {
    day: "friday",
    meal: "dinner",
    title: "Fish pie",
  });
  const page = await (await browserOf(browser, home.owner)).newPage();
  await page.goto(`${stack.url}/households/${home.household._id}`);
  const section = page.getByRole("region", { name: "In your calendar" });
  await section.getByRole("button", { name: "Make a calendar address" }).click();
  const url = await section.getByLabel("Calendar address").inputValue();
  expect(await (await fetch(url)).text()).toContain("SUMMARY:Dinner: Fish pie");
  await section.getByRole("listitem").filter({ hasText: "Made by Ada" }).waitFor();
  await section.getByRole("button", { name: "End it" }).click();
  await section.getByRole("listitem").waitFor({ state: "detached" });
  expect(await section.getByLabel("Calendar address").count()).toBe(0);
  expect((await fetch(url)).status).toBe(404);
});
