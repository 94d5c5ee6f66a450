import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { ApiReference } from "../support/ApiReference.ts";
import { startBrowser } from "../support/browser.ts";
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

async function openReference(address = "/reference", width = 1280): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  await page.goto(stack.url + address);
  await page.getByRole("heading", { level: 1, name: "API reference" }).waitFor();
  return page;
}

test("the reference shows every operation of the API, within the page's policy and without the planner", async () => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  const scripts: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => scripts.push(request.url()));
  const response = await page.goto(`${stack.url}/reference`, { waitUntil: "load" });
  expect(response?.headers()["content-security-policy"]).toContain("default-src 'none'");
  const { operations } = await ApiReference.of(stack.url);
  await expect
    .poll(async () => (await page.locator(".address").allTextContents()).map(asOperation).toSorted())
    .toEqual(operations.toSorted());
  expect(complaints).toEqual([]);
  expect(scripts.filter((url) => !url.startsWith(stack.url) || /index-/.test(url))).toEqual([]);
});

function asOperation(text: string): string {
  return text.trim().replace(/^\w+/, (method) => method.toLowerCase());
}

test("a word finds operations, and one that nobody uses finds none", async () => {
  const page = await openReference();
  const field = page.getByRole("searchbox", { name: "Find an operation" });
  await field.fill("dish add");
  await expect.poll(() => page.locator("article h3").allTextContents()).toEqual(["Add a dish"]);
  await field.fill("submarine");
  await page.getByText("Nothing has all of these words.").waitFor();
});

test("an address names an operation: it is in view, from the keyboard as well", async () => {
  const page = await openReference("/reference#addRecipe");
  await expect.poll(() => isInView(page, "addRecipe")).toBe(true);
  await page.getByRole("navigation").getByRole("link", { name: "Take a dish off" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => isInView(page, "removeEntry")).toBe(true);
});

test("on a narrow screen nothing is wider than the screen", async () => {
  const page = await openReference("/reference", 360);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await page.getByText("Contents").click();
  await page.getByRole("navigation").getByRole("link", { name: "MealPlan", exact: true }).click();
  await expect.poll(() => isInView(page, "schema-MealPlan")).toBe(true);
});

test("the page of the streams leads to the reference", async () => {
  const page = await browser.newPage();
  await page.goto(`${stack.url}/api/streams`);
  await page.getByRole("link", { name: "the reference" }).click();
  await page.getByRole("heading", { level: 1, name: "API reference" }).waitFor();
});

function isInView(page: Page, id: string): Promise<boolean> {
  return page.locator(`[id="${id}"]`).evaluate((element) => {
    const { top } = element.getBoundingClientRect();
    return top >= 0 && top < 200;
  });
}
