import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { MealPlan } from "../../protocol/mealPlan.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { browserOf, openPlan, startBrowser, untilState } from "../support/browser.ts";
import { PASSWORD, signIn } from "../support/forms.ts";
import { join, makeHome, type Home } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

let stack: Stack;
let browser: Browser;
let home: Home;
let context: BrowserContext;
let page: Page;
let soupId: string;

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
  const soup = { day: "monday", meal: "dinner", title: "Soup" };
  const { entries } = await home.owner.json<MealPlan>("POST", entriesPath(), soup);
  soupId = entries[0]?._id ?? "";
  context = await browserOf(browser, home.owner);
  page = await openPlan(context, stack.url, home.plan._id);
  return () => context.close();
});

function entriesPath(): string {
  return `/api/mealplans/${home.plan._id}/entries`;
}

async function openSoup(): Promise<void> {
  await page.getByRole("button", { name: "Edit Soup" }).click();
}

function note() {
  return page.getByRole("dialog").getByLabel("Note");
}

test.each(["Escape", "backdrop", "reload", "navigation"])(
  "what is typed into a dish survives: %s",
  async (how) => {
    await openSoup();
    await note().fill("with the good bread");
    if (how === "Escape") await page.keyboard.press("Escape");
    if (how === "backdrop") await page.mouse.click(5, 5);
    if (how === "reload") await page.reload();
    if (how === "navigation") await page.goto(`${stack.url}/plans/${home.plan._id}`);
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await openSoup();
    await page.getByText("Draft kept.").waitFor();
    expect(await note().inputValue()).toBe("with the good bread");
    await page.getByRole("button", { name: "Discard" }).click();
    expect(await note().inputValue()).toBe("");
    await page.keyboard.press("Escape");
    await openSoup();
    expect(await page.getByText("Draft kept.").count()).toBe(0);
  },
);

test("what is typed survives the end of the session, and is not shown to whoever signs in instead", async () => {
  await openSoup();
  await note().fill("with the good bread");
  const jane = await join(home, "Jane");
  await home.owner.json("POST", "/api/users/logout");
  await untilState(page, "signed-out");
  await page.reload();
  await signIn(page, jane.user.email);
  await openSoup();
  expect(await note().inputValue()).toBe("");
  await page.keyboard.press("Escape");
  await context.clearCookies();
  await page.reload();
  await signIn(page, home.owner.user.email);
  await openSoup();
  expect(await note().inputValue()).toBe("with the good bread");
});

test("a session that ends while a form is open is renewed in front of it, and what is typed is saved", async () => {
  await openSoup();
  await note().fill("with the good bread");
  await home.owner.json("POST", "/api/users/logout");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Your session has ended.").waitFor();
  await dialog.getByLabel("Password").fill(PASSWORD);
  await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
  await dialog.getByText("Your session has ended.").waitFor({ state: "detached" });
  expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  expect(await note().inputValue()).toBe("with the good bread");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.locator("[data-entry-id]", { hasText: "with the good bread" }).waitFor();
});

test("what another changes in a dish meanwhile stays, and so does what is typed", async () => {
  await openSoup();
  await note().fill("with the good bread");
  await home.owner.json("PATCH", `${entriesPath()}/${soupId}`, { title: "Broth", servings: 9 });
  await page.locator("[data-entry-id]", { hasText: "Broth" }).waitFor();
  expect(await note().inputValue()).toBe("with the good bread");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  const plan = () => home.owner.json<MealPlan>("GET", `/api/mealplans/${home.plan._id}`);
  await expect
    .poll(async () => (await plan()).entries)
    .toMatchObject([{ title: "Broth", servings: 9, note: "with the good bread" }]);
});

test("a dish that is removed while somebody edits it can be put back with what they typed", async () => {
  await openSoup();
  await note().fill("with the good bread");
  await home.owner.json("DELETE", `${entriesPath()}/${soupId}`);
  await page.getByText("What you typed is still here").waitFor();
  await page.getByRole("button", { name: "Put it back" }).click();
  const plan = () => home.owner.json<MealPlan>("GET", `/api/mealplans/${home.plan._id}`);
  await expect
    .poll(async () => (await plan()).entries)
    .toMatchObject([{ title: "Soup", note: "with the good bread" }]);
});

test("a recipe that is half written is still there after a reload, until it is saved", async () => {
  await page.goto(`${stack.url}/recipes/new`);
  await page.getByLabel("Title").fill("Onion tart");
  await page.getByLabel("Steps").fill("Cry.");
  await page.reload();
  await page.getByText("Draft kept.").waitFor();
  expect(await page.getByLabel("Steps").inputValue()).toBe("Cry.");
  await page.getByRole("button", { name: "Save recipe" }).click();
  await page.getByRole("heading", { name: "Onion tart" }).waitFor();
  const recipes = await home.owner.json<Recipe[]>("GET", "/api/recipes");
  expect(recipes).toMatchObject([{ title: "Onion tart", steps: ["Cry."] }]);
  await page.goto(`${stack.url}/recipes/new`);
  expect(await page.getByLabel("Title").inputValue()).toBe("");
});
