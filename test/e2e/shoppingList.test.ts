import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { browserOf, startBrowser } from "../support/browser.ts";
import { join, makeHome, type Home, type Person } from "../support/people.ts";
import {
  boxOn,
  lineOn,
  openList,
  SCREENS,
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
  await writeLines(home.owner, home, "3 lemons", "4 peppers", "5 onions", "2 l milk");
  context = await browserOf(browser, home.owner);
  return () => context.close();
});

/** Where each line of the page stands. */
function places(): Promise<readonly string[]> {
  return page
    .locator(".list-line")
    .evaluateAll((lines) =>
      lines.map(
        (line) => `${line.querySelector(".line-name")?.textContent} ${line.getBoundingClientRect().top}`,
      ),
    );
}

/** Presses a line at a part of its width. */
async function pressAt(name: string, part: number): Promise<void> {
  const { x, y, width, height } = (await lineOn(page, name).locator(".line-tick").boundingBox()) ?? {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
  };
  await page.mouse.click(x + width * part, y + height / 2);
}

describe.each(SCREENS)("in the shop, on a $screen:", ({ viewport }) => {
  beforeEach(async () => {
    page = await openList(context, stack.url, viewport);
    await boxOn(page, "Milk 2 l").waitFor();
  });

  test.each([0.05, 0.5, 0.95])(
    "one tap ticks a line, anywhere on it (at %s), and nothing moves by it",
    async (part) => {
      const before = await places();
      await pressAt("Peppers 4", part);
      expect(await boxOn(page, "Peppers 4").isChecked()).toBe(true);
      await lineOn(page, "Peppers 4").getByText("You").waitFor();
      expect(await places()).toEqual(before);
      await expect.poll(() => storedTicks(home.owner, home)).toEqual(["4 peppers"]);
      expect(await places()).toEqual(before);
    },
  );

  test("a tick that slipped is taken back by Undo", async () => {
    await pressAt("Lemons 3", 0.5);
    await expect.poll(() => storedTicks(home.owner, home)).toEqual(["3 lemons"]);
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect.poll(() => boxOn(page, "Lemons 3").isChecked()).toBe(false);
    await expect.poll(() => storedTicks(home.owner, home)).toEqual([]);
  });

  test("what another ticks is ticked here at once, with their name, and nothing moves by it", async () => {
    const before = await places();
    await tickAs(jane, home, "4 peppers");
    await lineOn(page, "Peppers 4").getByText("Jane").waitFor();
    expect(await boxOn(page, "Peppers 4").isChecked()).toBe(true);
    expect(await places()).toEqual(before);
  });

  test("ticked lines stay in their place until they are put away, and can be had back", async () => {
    await pressAt("Lemons 3", 0.5);
    await pressAt("Onions 5", 0.5);
    await page.getByRole("button", { name: "Put 2 ticked things away" }).click();
    const trolley = page.locator("details", { hasText: "In the trolley, 2" });
    await trolley.waitFor();
    expect(await boxOn(page, "Lemons 3").isVisible()).toBe(false);
    await trolley.locator("summary").click();
    await pressAt("Lemons 3", 0.5);
    await page.getByRole("region", { name: "Fruit and veg" }).getByText("Lemons").waitFor();
    await page.getByText("In the trolley, 1").waitFor();
  });

  test("whoever comes back finds what was ticked before in the trolley", async () => {
    await pressAt("Lemons 3", 0.5);
    await expect.poll(() => storedTicks(home.owner, home)).toEqual(["3 lemons"]);
    await page.reload();
    await page.getByText("In the trolley, 1").waitFor();
    await page.getByText("1 of 4").waitFor();
    expect(await boxOn(page, "Lemons 3").isVisible()).toBe(false);
  });
});

test("a thumb finds its line: none is lower than 64 px on a phone", async () => {
  page = await openList(context, stack.url);
  await boxOn(page, "Milk 2 l").waitFor();
  const heights = await page
    .locator(".list-line")
    .evaluateAll((lines) => lines.map((line) => line.getBoundingClientRect().height));
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(64);
});

test("two people shop from one list: each ticks, and both see it", async () => {
  page = await openList(context, stack.url);
  const hers = await browserOf(browser, jane);
  const janes = await openList(hers, stack.url);
  await pressAt("Lemons 3", 0.5);
  await lineOn(janes, "Lemons 3").getByText("Ada").waitFor();
  await lineOn(janes, "Milk 2 l").click();
  await lineOn(page, "Milk 2 l").getByText("Jane").waitFor();
  await page.getByText("2 of 4").waitFor();
  await janes.getByText("2 of 4").waitFor();
  await hers.close();
});
