import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { browserOf, openPlan, startBrowser } from "../support/browser.ts";
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

test("the page is served with a policy that allows no inline script or style, and stays within it", async () => {
  const home = await makeHome(stack.url);
  const page = await openPlan(await browserOf(browser, home.owner), stack.url, home.plan._id);
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  for (const path of [
    "/",
    "/recipes",
    "/recipes/new",
    "/households",
    `/households/${home.household._id}`,
    "/nowhere",
  ]) {
    const response = await page.goto(stack.url + path, { waitUntil: "load" });
    const policy = response?.headers()["content-security-policy"] ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    await page.getByRole("heading", { level: 1 }).first().waitFor();
  }
  expect(complaints).toEqual([]);
});

test("an address inside the app works when it is opened directly", async () => {
  const response = await fetch(`${stack.url}/recipes`, {
    headers: { accept: "text/html", "sec-fetch-mode": "navigate" },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toContain("text/html");
});

test("an unknown address of the API is a problem, not the page", async () => {
  const response = await fetch(`${stack.url}/api/nowhere`, {
    headers: { accept: "text/html", "sec-fetch-mode": "navigate" },
  });
  expect(response.status).toBe(404);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
});
