import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { violationsInBothSchemes } from "../support/axe.ts";
import { browserOf, startBrowser } from "../support/browser.ts";
import { join, makeHome, type Home, type Person } from "../support/people.ts";
import { boxOn, lineOn, openList, tickAs, writeLines } from "../support/shoppingLists.ts";
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

describe("axe finds nothing wrong with a shopping list:", () => {
  beforeEach(async () => {
    home = await makeHome(stack.url);
    jane = await join(home, "Jane");
    context = await browserOf(browser, home.owner);
  });

  afterEach(async () => {
    expect(await violationsInBothSchemes(page)).toEqual([]);
    await context.close();
  });

  test("with nothing on it", async () => {
    page = await openList(context, stack.url);
    await page.getByText("Nothing to buy").waitFor();
  });

  test("with lines that two have ticked, and what was put away", async () => {
    await writeLines(home.owner, home, "3 lemons", "2 l milk", "1 loaf bread");
    await tickAs(jane, home, "3 lemons");
    page = await openList(context, stack.url);
    await page.getByText("In the trolley, 1").click();
    await lineOn(page, "Milk 2 l").click();
    await tickAs(jane, home, "1 loaf bread");
    await lineOn(page, "Bread").getByText("Jane").waitFor();
  });

  test("without a connection, with a tick and a line that wait", async () => {
    await writeLines(home.owner, home, "2 l milk");
    page = await openList(context, stack.url);
    await boxOn(page, "Milk 2 l").waitFor();
    await context.setOffline(true);
    await lineOn(page, "Milk 2 l").click();
    await page.getByLabel("Add to the list").fill("candles");
    await page.getByLabel("Add to the list").press("Enter");
    await page.getByText("2 changes waiting").waitFor();
  });

  test("with the form of a line, and what is always in the pantry", async () => {
    await home.owner.json("PATCH", `/api/households/${home.household._id}`, { staples: ["salt", "oil"] });
    await writeLines(home.owner, home, "2 l milk");
    page = await openList(context, stack.url);
    await page.getByText("Always in the pantry, 2").click();
    expect(await violationsInBothSchemes(page)).toEqual([]);
    await page.getByRole("button", { name: "Change Milk" }).click();
    await page.getByRole("dialog").waitFor();
  });
});
