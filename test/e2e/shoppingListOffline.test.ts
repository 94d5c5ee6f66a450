import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { browserOf, startBrowser } from "../support/browser.ts";
import { cutEdits } from "../support/cutEdits.ts";
import { join, makeHome, type Home, type Person } from "../support/people.ts";
import {
  boxOn,
  lineOn,
  listPath,
  openList,
  SCREENS,
  storedLines,
  storedTicks,
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
  await writeLines(home.owner, home, "3 lemons", "2 l milk");
  context = await browserOf(browser, home.owner);
  return () => context.close();
});

describe.each(SCREENS)("without a connection, on a $screen:", ({ viewport }) => {
  beforeEach(async () => {
    page = await openList(context, stack.url, viewport);
    await boxOn(page, "Milk 2 l").waitFor();
  });

  test("a tick is there, says that it waits, and moves nothing; later it is sent", async () => {
    const top = () => boxOn(page, "Milk 2 l").boundingBox();
    const before = await top();
    await context.setOffline(true);
    await lineOn(page, "Lemons 3").click();
    await lineOn(page, "Lemons 3").getByText("Ticked here, waiting").waitFor();
    await page.getByText("1 tick waiting").waitFor();
    expect(await page.locator("[role=alert]").count()).toBe(0);
    expect(await top()).toEqual(before);
    await context.setOffline(false);
    await expect.poll(() => storedTicks(home.owner, home), { timeout: 15_000 }).toEqual(["3 lemons"]);
    await lineOn(page, "Lemons 3").getByText("You").waitFor();
  });

  test("ticks outlive a reload and a closed tab", async () => {
    const mend = await cutEdits(context);
    await lineOn(page, "Lemons 3").click();
    await page.getByText("1 tick waiting").waitFor();
    await page.reload();
    await page.getByText("1 tick waiting").waitFor();
    await page.getByText("1 of 2").waitFor({ state: "detached" });
    await page.close();
    page = await openList(context, stack.url, viewport);
    await page.getByText("1 tick waiting").waitFor();
    expect(await storedTicks(home.owner, home)).toEqual([]);
    await mend();
    await expect.poll(() => storedTicks(home.owner, home)).toEqual(["3 lemons"]);
    await page.getByText("1 of 2").waitFor();
  });
});

test("what another does to the line meanwhile does not untick it, here or later", async () => {
  page = await openList(context, stack.url);
  const mend = await cutEdits(context);
  await lineOn(page, "Lemons 3").click();
  await lineOn(page, "Lemons 3").getByText("Ticked here, waiting").waitFor();
  const [lemons] = await storedLines(jane, home);
  await jane.json("PATCH", `${listPath(home)}/${lemons?._id}`, { text: "6 lemons" });
  await lineOn(page, "Lemons 6").waitFor();
  expect(await boxOn(page, "Lemons 6").isChecked()).toBe(true);
  await mend();
  await expect.poll(() => storedTicks(home.owner, home)).toEqual(["6 lemons"]);
  expect(await boxOn(page, "Lemons 6").isChecked()).toBe(true);
});

test("what is typed without a connection is on the list, waits, and is sent later, once", async () => {
  page = await openList(context, stack.url);
  const mend = await cutEdits(context);
  await page.getByLabel("Add to the list").fill("candles");
  await page.getByLabel("Add to the list").press("Enter");
  await lineOn(page, "Candles").getByText("Only here, waiting").waitFor();
  await page.reload();
  await lineOn(page, "Candles").getByText("Only here, waiting").waitFor();
  await mend();
  await expect
    .poll(async () => (await storedLines(home.owner, home)).filter(({ text }) => text === "candles"))
    .toHaveLength(1);
  await page.getByText("waiting").first().waitFor({ state: "detached" });
});
