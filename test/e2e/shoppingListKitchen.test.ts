import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { Household } from "../../protocol/household.ts";
import { browserOf, startBrowser, untilState } from "../support/browser.ts";
import { focused } from "../support/dishes.ts";
import { join, makeHome, type Home, type Person } from "../support/people.ts";
import { boxOn, lineOn, openList, SCREENS, storedLines, writeLines } from "../support/shoppingLists.ts";
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
  await writeLines(home.owner, home, "3 lemons", "2 l milk", "1 loaf bread");
  context = await browserOf(browser, home.owner);
  page = await openList(context, stack.url);
  await boxOn(page, "Milk 2 l").waitFor();
  return () => context.close();
});

/** The aisles that a page shows, in their order. */
function aislesOn(of: Page): Promise<readonly string[]> {
  return of.locator(".aisle h2").allTextContents();
}

function handleOf(aisle: string): Locator {
  return page.getByRole("button", { name: `Move ${aisle}` });
}

async function texts(): Promise<readonly string[]> {
  const lines = await storedLines(home.owner, home);
  return lines.map(({ text }) => text).toSorted();
}

async function staples(): Promise<readonly string[]> {
  const path = `/api/households/${home.household._id}`;
  return (await home.owner.json<Household>("GET", path)).staples ?? [];
}

describe.each(SCREENS)("on a $screen:", ({ viewport }) => {
  beforeEach(() => page.setViewportSize(viewport));

  test("Enter puts what was typed on the list, and one goes on typing", async () => {
    await page.getByLabel("Add to the list").click();
    await page.keyboard.type("500 g flour");
    await page.keyboard.press("Enter");
    await page.keyboard.type("candles");
    await page.keyboard.press("Enter");
    await boxOn(page, "Flour 500 g").waitFor();
    await boxOn(page, "Candles").waitFor();
    expect(await focused(page)).toBe("Add to the list");
    await expect.poll(texts).toEqual(["1 loaf bread", "2 l milk", "3 lemons", "500 g flour", "candles"]);
  });

  test("a line is changed and taken off, and either can be undone", async () => {
    await page.getByRole("button", { name: "Change Lemons" }).click();
    await page.getByRole("dialog").getByLabel("What, and how much").fill("6 lemons");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await boxOn(page, "Lemons 6").waitFor();
    await expect.poll(texts).toContain("6 lemons");
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await boxOn(page, "Lemons 3").waitFor();
    await expect.poll(texts).toContain("3 lemons");
    await page.getByRole("button", { name: "Change Lemons" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Take off the list" }).click();
    await expect.poll(texts).not.toContain("3 lemons");
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect.poll(texts).toContain("3 lemons");
    await boxOn(page, "Lemons 3").waitFor();
  });

  test("an aisle is dragged to where it is walked, by whoever shops for everybody", async () => {
    const hers = await browserOf(browser, jane);
    const janes = await openList(hers, stack.url, viewport);
    expect(await aislesOn(page)).toEqual(["Fruit and veg", "Bakery", "Dairy and eggs"]);
    await dragTo(handleOf("Dairy and eggs"), page.getByRole("heading", { name: "Fruit and veg" }));
    const order = ["Dairy and eggs", "Fruit and veg", "Bakery"];
    await expect.poll(() => aislesOn(page)).toEqual(order);
    await expect.poll(() => aislesOn(janes)).toEqual(order);
    await page.reload();
    await boxOn(page, "Milk 2 l").waitFor();
    expect(await aislesOn(page)).toEqual(order);
    await hers.close();
  });

  test("a line is dragged to another aisle", async () => {
    const more = page.getByRole("button", { name: "Change Lemons" });
    await dragTo(more, page.getByRole("heading", { name: "Bakery" }));
    await page.getByRole("region", { name: "Bakery" }).getByText("Lemons").waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
    await expect
      .poll(async () => (await storedLines(jane, home)).find(({ name }) => name === "lemons")?.aisle)
      .toBe("Bakery");
  });
});

/** Carries something by its handle, by mouse. */
async function dragTo(handle: Locator, place: Locator): Promise<void> {
  await handle.hover();
  await page.mouse.down();
  await place.hover();
  await page.mouse.up();
}

test("a finger carries an aisle as well, and the page does not scroll away under it", async () => {
  const from = await centreOf(handleOf("Dairy and eggs"));
  const to = await centreOf(page.getByRole("heading", { name: "Fruit and veg" }));
  const client = await context.newCDPSession(page);
  const touch = (
    type: "touchStart" | "touchMove" | "touchEnd",
    points: readonly { x: number; y: number }[],
  ) => client.send("Input.dispatchTouchEvent", { type, touchPoints: [...points] });
  await touch("touchStart", [from]);
  await touch("touchMove", [{ x: from.x, y: from.y - 20 }]);
  await touch("touchMove", [to]);
  await touch("touchEnd", []);
  await expect.poll(() => aislesOn(page)).toEqual(["Dairy and eggs", "Fruit and veg", "Bakery"]);
});

async function centreOf(place: Locator): Promise<{ x: number; y: number }> {
  const box = await place.boundingBox();
  if (!box) throw new Error("It is not on the page");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test("by keyboard alone: tick, order the aisles, move a line, and come back to where one was", async () => {
  await boxOn(page, "Lemons 3").focus();
  await page.keyboard.press("Space");
  expect(await boxOn(page, "Lemons 3").isChecked()).toBe(true);
  await handleOf("Dairy and eggs").focus();
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => aislesOn(page)).toEqual(["Fruit and veg", "Dairy and eggs", "Bakery"]);
  expect(await focused(page)).toBe("Move Dairy and eggs");
  await page.getByText("Dairy and eggs: place 2 of 3").waitFor();
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => aislesOn(page)).toEqual(["Dairy and eggs", "Fruit and veg", "Bakery"]);
  await page.getByRole("button", { name: "Change Loaf bread" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByLabel("Aisle").selectOption("Frozen");
  await page.getByRole("dialog").getByLabel("What, and how much").press("Enter");
  await page.getByRole("region", { name: "Frozen" }).getByText("Bread").waitFor();
});

test("what is typed and not sent yet is there after a reload", async () => {
  await page.getByLabel("Add to the list").fill("three rolls of kitc");
  await page.reload();
  await untilState(page, "live");
  expect(await page.getByLabel("Add to the list").inputValue()).toBe("three rolls of kitc");
});

test("what is always in the pantry leaves the list, and is taken out of the pantry again", async () => {
  await page.getByRole("button", { name: "Change Milk" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Always in the pantry" }).click();
  await lineOn(page, "Milk 2 l").waitFor({ state: "detached" });
  await expect.poll(staples).toEqual(["milk"]);
  await page.getByText("Always in the pantry, 1").click();
  await page.getByRole("button", { name: "Take out milk" }).click();
  await expect.poll(staples).toEqual([]);
});

test("of several households each has its own list", async () => {
  const cabin = await home.owner.json<Household>("POST", "/api/households", { name: "Cabin" });
  await page.reload();
  await page.getByLabel("Household").selectOption({ label: "Cabin" });
  await page.waitForURL(`**/households/${cabin._id}/list`);
  await page.getByText("Nothing to buy").waitFor();
  await page.goto(`${stack.url}/list`);
  await page.getByText("Nothing to buy").waitFor();
});

test("on paper the list is one page", async () => {
  const names = Array.from({ length: 45 }, (_, index) => `${index + 1} thing number ${index}`);
  await writeLines(home.owner, home, ...names);
  await page.getByText("0 of 48").waitFor();
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});

test.each(SCREENS)("text at twice its size overlaps nothing, on a $screen", async ({ viewport }) => {
  await page.setViewportSize(viewport);
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  const overlaps = await page.locator(".line-tick, .aisle-heading, .list-title").evaluateAll((parents) =>
    parents.flatMap((parent) => {
      const boxes = [...parent.querySelectorAll(":scope > :not(input, .visually-hidden)")]
        .map((child) => child.getBoundingClientRect())
        .filter(({ width, height }) => width > 0 && height > 0);
      return boxes.flatMap((a, index) =>
        boxes
          .slice(index + 1)
          .filter(
            (b) =>
              a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1,
          )
          .map(() => parent.textContent),
      );
    }),
  );
  expect(overlaps).toEqual([]);
});
