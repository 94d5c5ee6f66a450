import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { browserOf, openPlan, shownDishes, startBrowser } from "../support/browser.ts";
import { addDishAs } from "../support/dishes.ts";
import { join, makeHome, type Home, type Person } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

const TODAY = new Date().toLocaleDateString("en", { weekday: "long" });
const LONG = "The household of everybody who has ever eaten here, ".repeat(3).trim();

let stack: Stack;
let browser: Browser;
let home: Home;
let jane: Person;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  stack = await startStack();
  browser = await startBrowser();
  home = await makeHome(stack.url);
  jane = await join(home, "Jane");
  for (const day of ["monday", "wednesday", "sunday"].filter((name) => name !== TODAY.toLowerCase()))
    await addDishAs(jane, home, `${day} dinner`, `Soup of ${day}`);
  await addDishAs(jane, home, `${TODAY.toLowerCase()} dinner`, "Friday pizza");
  await addDishAs(jane, home, `${TODAY.toLowerCase()} breakfast`, "Porridge");
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

afterEach(() => context.close());

async function open(width: number, height: number): Promise<void> {
  context = await browserOf(browser, home.owner);
  page = await context.newPage();
  await page.setViewportSize({ width, height });
  await page.goto(`${stack.url}/plans/${home.plan._id}`);
  await page.getByRole("button", { name: "Edit Friday pizza" }).waitFor();
}

function widthOver(): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

function colourOf(selector: string): Promise<string> {
  return page
    .locator(selector)
    .first()
    .evaluate((element) => getComputedStyle(element).backgroundColor);
}

describe("on a phone", () => {
  beforeEach(() => open(390, 800));

  test("the week opens at today, with tonight's dinner before everything else", async () => {
    const dinner = page.getByRole("button", { name: "Edit Friday pizza" });
    await expect.poll(async () => (await dinner.boundingBox())?.y ?? -1).toBeGreaterThan(0);
    await expect.poll(async () => (await dinner.boundingBox())?.y ?? 9999).toBeLessThan(800);
    const order = await page
      .locator("section.today [data-entry-id] .entry-title")
      .evaluateAll((titles) => titles.map(({ textContent }) => textContent));
    expect(order).toEqual(["Friday pizza", "Porridge"]);
  });

  test("the strip of days leads to each of them, and says which one is on the screen", async () => {
    const days = page.getByRole("navigation", { name: "Days of the week" });
    await days.getByRole("button", { name: "Monday" }).click();
    await expect.poll(() => days.locator("[aria-current=true]").textContent()).toContain("Monday");
    expect(page.url()).not.toContain("#");
  });

  test("the ways lie at the bottom, and a dish is added from there for tonight", async () => {
    const add = page.getByRole("button", { name: "Add a meal" });
    expect(((await add.boundingBox())?.y ?? 0) > 700).toBe(true);
    await add.click();
    const dialog = page.getByRole("dialog", { name: `Add to ${TODAY} dinner` });
    await dialog.getByLabel("Dish").fill("Ice cream");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await expect.poll(() => shownDishes(page)).toContain(`${TODAY.toLowerCase()} dinner: Ice cream`);
  });
});

describe("on a wide screen", () => {
  beforeEach(() => open(1280, 800));

  test("each row is named once, and today is wider than the other days", async () => {
    const widths = await page
      .locator(".week > .day")
      .evaluateAll((days) => days.map((day) => Math.round(day.getBoundingClientRect().width)));
    const widest = Math.max(...widths);
    expect(widths.filter((width) => width === widest).length).toBe(1);
    expect((await page.locator("section.today").boundingBox())?.width).toBeCloseTo(widest, -1);
    expect(await page.locator(".meal-label").count()).toBe(4);
  });

  test("a dinner has its picture, and the same one on every page that shows it", async () => {
    const picture = page.locator("section.today .dinner .picture svg").first();
    await picture.waitFor();
    const before = await picture.innerHTML();
    await page.reload();
    await picture.waitFor();
    expect(await picture.innerHTML()).toBe(before);
  });

  test("letters twice as large never widen the page, nor does a long name of the household", async () => {
    await home.owner.json("PATCH", `/api/households/${home.household._id}`, { name: LONG.slice(0, 100) });
    await page.getByText(LONG.slice(0, 40)).first().waitFor();
    expect(await widthOver()).toBeLessThanOrEqual(0);
    await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    await expect.poll(widthOver).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 390, height: 800 });
    await expect.poll(widthOver).toBeLessThanOrEqual(0);
  });

  test("with forced colours today is marked all the same", async () => {
    await page.emulateMedia({ forcedColors: "active" });
    const edge = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((day) => getComputedStyle(day).borderLeftWidth);
    expect(await edge("section.today")).toBe("4px");
    expect(await edge(".day:not(.today)")).toBe("0px");
  });
});

test("each person has a colour, the same on the plan and in their account", async () => {
  await open(1280, 800);
  const others = await browserOf(browser, jane);
  const janes = await openPlan(others, stack.url, home.plan._id);
  await page.getByLabel("Watching now").getByText("Jane").waitFor({ state: "attached" });
  const [own, hers] = [
    await colourOf(".viewer:nth-child(1) .avatar"),
    await colourOf(".viewer:nth-child(2) .avatar"),
  ];
  expect(own).not.toBe(hers);
  await janes.goto(`${stack.url}/account`);
  const onAccount = janes.locator(".account-head .avatar");
  await expect
    .poll(() => onAccount.evaluate((avatar) => getComputedStyle(avatar).backgroundColor))
    .not.toBe(await colourOfHome());
  await others.close();
});

/** The colour of who made the household. */
async function colourOfHome(): Promise<string> {
  await page.goto(`${stack.url}/account`);
  return colourOf(".account-head .avatar");
}
