import type { Browser, BrowserContext, Page, Request } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { browserOf, startBrowser } from "../support/browser.ts";
import { makeHome, type Home } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

let stack: Stack;
let browser: Browser;
let home: Home;
let context: BrowserContext;
let page: Page;
let asked: string[];

beforeAll(async () => {
  stack = await startStack();
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

beforeEach(async () => {
  home = await makeHome(stack.url);
  context = await browserOf(browser, home.owner);
  page = await context.newPage();
  asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  return () => context.close();
});

function isAccount(request: Request): boolean {
  return request.url() === `${stack.url}/api/users/me`;
}

test.each(["/", "/plans/:plan"])(
  "who opens %s is asked for while the script is on its way, and only once",
  async (path) => {
    const known = page.waitForRequest(isAccount);
    await page.route("**/assets/*.js", async (route) => {
      await known;
      await route.continue();
    });
    await page.goto(stack.url + path.replace(":plan", home.plan._id));
    await page.getByText("Live", { exact: true }).waitFor({ state: "attached" });
    expect(asked.filter((name) => name === "/api/users/me")).toHaveLength(1);
  },
);

test("a page for everybody asks for nobody", async () => {
  const { url } = await home.owner.json<{ url: string }>(
    "POST",
    `/api/mealplans/${home.plan._id}/shares`,
    {},
  );
  await page.goto(url);
  await page.getByText("Live", { exact: true }).waitFor({ state: "attached" });
  expect(asked.filter((name) => name.startsWith("/api/users"))).toEqual([]);
});

async function scriptsOf(path: string): Promise<readonly (string | undefined)[]> {
  const html = await (await fetch(stack.url + path)).text();
  return [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, file]) => file);
}

test("the planner and the reference need two scripts each at first, of which they share one", async () => {
  const [planner, reference] = [await scriptsOf("/"), await scriptsOf("/reference")];
  expect([planner.length, reference.length]).toEqual([2, 2]);
  expect(planner.filter((file) => reference.includes(file))).toHaveLength(1);
});
