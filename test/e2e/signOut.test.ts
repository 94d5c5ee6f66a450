import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { MealPlan } from "../../protocol/mealPlan.ts";
import { browserOf, openPlan, startBrowser } from "../support/browser.ts";
import { signIn } from "../support/forms.ts";
import { makeHome, type Home } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

let stack: Stack;
let browser: Browser;
let home: Home;
let context: BrowserContext;
let first: Page;
let second: Page;

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
  const soup = { day: "monday", meal: "dinner", title: "Secret soup" };
  await home.owner.json<MealPlan>("POST", `/api/mealplans/${home.plan._id}/entries`, soup);
  context = await browserOf(browser, home.owner);
  first = await openPlan(context, stack.url, home.plan._id);
  second = await openPlan(context, stack.url, home.plan._id);
  return () => context.close();
});

async function typeNote(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Edit Secret soup" }).click();
  await page.getByRole("dialog").getByLabel("Note").fill("a secret");
}

/** All that this browser keeps for the page, as text. */
function keptBy(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const opening = indexedDB.open("mealcast");
    opening.addEventListener("success", () => {
      const edits = opening.result.transaction("edits").objectStore("edits").getAll();
      edits.addEventListener("success", () => resolve(edits.result));
    });
    return JSON.stringify([await promise, { ...localStorage }, { ...sessionStorage }]);
  });
}

test("signing out in one tab ends the page in the others, and erases what was typed and kept", async () => {
  await typeNote(second);
  await expect.poll(() => keptBy(first)).toContain("a secret");
  await first.getByRole("button", { name: "Sign out" }).click();
  await second.getByText("Sign in to see this page").waitFor();
  expect(await second.getByText("Secret soup").count()).toBe(0);
  await expect.poll(() => keptBy(second)).not.toContain("a secret");
  await signIn(second, home.owner.user.email);
  await second.getByRole("button", { name: "Edit Secret soup" }).click();
  expect(await second.getByRole("dialog").getByLabel("Note").inputValue()).toBe("");
});

test("a tab that slept through it shows nothing of the account when it wakes", async () => {
  const sleeper = await context.newPage();
  // What a frozen tab misses: the word from the other tabs.
  await sleeper.addInitScript(() => {
    const add = globalThis.addEventListener.bind(globalThis);
    globalThis.addEventListener = ((type: string, ...rest: [EventListener]) =>
      type === "storage" ? undefined : add(type, ...rest)) as typeof globalThis.addEventListener;
  });
  await sleeper.goto(`${stack.url}/plans/${home.plan._id}`);
  await sleeper.getByRole("button", { name: "Edit Secret soup" }).waitFor();
  await first.getByRole("button", { name: "Sign out" }).click();
  await sleeper.getByText("Sign in to see this page").waitFor();
  expect(await sleeper.getByText("Secret soup").count()).toBe(0);
});

test("a session that is ended elsewhere asks to sign in again, and keeps what was typed", async () => {
  await typeNote(first);
  await home.owner.json("DELETE", "/api/users/sessions");
  await home.owner.json("POST", "/api/users/logout");
  await first.getByText("Sign in and go on where you were").waitFor({ state: "attached" });
  expect(await first.getByRole("dialog").getByLabel("Note").inputValue()).toBe("a secret");
  await first.keyboard.press("Escape");
  await signIn(first, home.owner.user.email);
  await first.getByText("Sign in and go on where you were").waitFor({ state: "detached" });
  await first.getByRole("button", { name: "Edit Secret soup" }).click();
  expect(await first.getByRole("dialog").getByLabel("Note").inputValue()).toBe("a secret");
});
