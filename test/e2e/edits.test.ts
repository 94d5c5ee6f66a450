import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { MealPlan } from "../../protocol/mealPlan.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { browserOf, openPlan, shownDishes, startBrowser, untilState } from "../support/browser.ts";
import { crash } from "../support/crash.ts";
import { cutEdits } from "../support/cutEdits.ts";
import { addDish } from "../support/dishForms.ts";
import { enter, makeHome, type Home } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

let stack: Stack;
let browser: Browser;
let home: Home;
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
  context = await browserOf(browser, home.owner);
  page = await openPlan(context, stack.url, home.plan._id);
  return () => context.close();
});

async function savedTitles(): Promise<readonly string[]> {
  const plan = await home.owner.json<MealPlan>("GET", `/api/mealplans/${home.plan._id}`);
  return plan.entries.map(({ title }) => title);
}

test("edits that can't be sent are shown as waiting, on every page and after a reload, and go out in their order", async () => {
  const mend = await cutEdits(context);
  await addDish(page, "Monday dinner", "Soup");
  await page.getByText("1 edit waiting").waitFor();
  await page.getByRole("button", { name: "Edit Soup" }).click();
  await page.getByRole("dialog").getByLabel("Note").fill("hot");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByText("2 edits waiting").waitFor();
  await page.locator("[data-status=waiting]", { hasText: "here only" }).waitFor();
  await page.getByRole("link", { name: "Households" }).click();
  await page.getByText("2 edits waiting").waitFor();
  await page.goto(`${stack.url}/plans/${home.plan._id}`);
  await page.getByText("2 edits waiting").waitFor();
  await page.getByRole("button", { name: "Edit Soup" }).waitFor();
  await mend();
  const plan = () => home.owner.json<MealPlan>("GET", `/api/mealplans/${home.plan._id}`);
  await expect.poll(async () => (await plan()).entries).toMatchObject([{ title: "Soup", note: "hot" }]);
  await page.getByText(/edits? waiting/).waitFor({ state: "detached" });
});

test("an edit survives its tab: another tab shows it and sends it when it may", async () => {
  const second = await openPlan(context, stack.url, home.plan._id);
  const mend = await cutEdits(context);
  await addDish(page, "Monday dinner", "Soup");
  await second.getByText("1 edit waiting").waitFor();
  expect(await shownDishes(second)).toEqual(["monday dinner: Soup"]);
  await page.close();
  await mend();
  await expect.poll(savedTitles).toEqual(["Soup"]);
  await second.locator("[data-status=saved]", { hasText: "Soup" }).waitFor();
});

test("an edit survives a crash of its page", async () => {
  const mend = await cutEdits(context);
  await addDish(page, "Monday dinner", "Soup");
  await page.getByText("1 edit waiting").waitFor();
  await crash(page);
  await mend();
  const next = await openPlan(context, stack.url, home.plan._id);
  await expect.poll(savedTitles).toEqual(["Soup"]);
  await next.getByRole("button", { name: "Edit Soup" }).waitFor();
});

test("an edit that was saved although its answer was lost is not made twice", async () => {
  await context.route("**/entries", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await addDish(page, "Monday dinner", "Soup");
  await page.getByText("1 edit waiting").waitFor();
  await context.unrouteAll();
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await page.getByText("1 edit waiting").waitFor({ state: "detached" });
  expect(await savedTitles()).toEqual(["Soup"]);
});

test("edits wait for the account that made them: nobody else's session sends them", async () => {
  const mend = await cutEdits(context);
  await addDish(page, "Monday dinner", "Soup");
  await page.getByText("1 edit waiting").waitFor();
  const stranger = await makeHome(stack.url, "Bob");
  const tokens: string[] = [];
  await home.owner.json("POST", "/api/users/logout");
  await mend();
  await untilState(page, "signed-out");
  const other = await context.newPage();
  other.on("request", (request) => request.method() === "POST" && tokens.push(request.url()));
  await other.goto(`${stack.url}/login`);
  await signIn(other, stranger.owner.user.email);
  await other.getByRole("link", { name: "Households" }).waitFor();
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await page.getByText("until you sign in again").waitFor();
  expect(tokens.filter((url) => url.includes("/entries"))).toEqual([]);
  await signIn(page, home.owner.user.email);
  home = { ...home, owner: await enter(stack.url, "login", credentials(home.owner.user.email)) };
  await expect.poll(savedTitles).toEqual(["Soup"]);
});

test("what the server refuses stays with its text, on other pages and after a reload, until it is dropped", async () => {
  await addDish(page, "Monday dinner", "Soup");
  await page.locator("[data-status=saved]", { hasText: "Soup" }).waitFor();
  const { entries } = await home.owner.json<MealPlan>("GET", `/api/mealplans/${home.plan._id}`);
  await page.getByRole("button", { name: "Edit Soup" }).click();
  await page.getByRole("dialog").getByLabel("Note").fill("with the good bread");
  const mend = await cutEdits(context);
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByText("1 edit waiting").waitFor();
  await home.owner.json("DELETE", `/api/mealplans/${home.plan._id}/entries/${entries[0]?._id}`);
  await mend();
  const refused = page.getByRole("region", { name: "Not saved" });
  await refused.getByText("with the good bread").waitFor();
  await page.goto(`${stack.url}/households`);
  await refused.getByText("with the good bread").waitFor();
  await refused.getByRole("button", { name: "Drop" }).click();
  await refused.waitFor({ state: "detached" });
  await page.reload();
  await page.getByRole("link", { name: "Ada's home" }).waitFor();
  expect(await refused.count()).toBe(0);
});

test("a form that is refused takes its own edit back, and not one that another tab has made meanwhile", async () => {
  const address = `${stack.url}/households/${home.household._id}`;
  const refusal = Promise.withResolvers<void>();
  let isFirst = true;
  await context.route(`**/api/households/${home.household._id}`, async (route) => {
    if (route.request().method() !== "PATCH" || !isFirst) return route.fallback();
    isFirst = false;
    await refusal.promise;
    await route.fulfill({
      status: 400,
      contentType: "application/problem+json",
      body: JSON.stringify({ title: "No", status: 400, code: "invalid-body" }),
    });
  });
  const second = await context.newPage();
  for (const [on, name] of [
    [page, "First"],
    [second, "Second"],
  ] as const) {
    await on.goto(address);
    await on.getByLabel("Name").fill(name);
    await on.getByRole("button", { name: "Rename" }).click();
    if (on === page) await expect.poll(() => isFirst).toBe(false);
  }
  await page.getByRole("heading", { name: "Second" }).waitFor();
  refusal.resolve();
  const household = () => home.owner.json<{ name: string }>("GET", `/api/households/${home.household._id}`);
  await expect.poll(async () => (await household()).name).toBe("Second");
  expect(await page.getByLabel("Name").inputValue()).toBe("First");
});

test("a recipe that is written down without a connection is there, and is saved later under the same address", async () => {
  await page.goto(`${stack.url}/recipes/new`);
  await page.getByLabel("Title").fill("Onion tart");
  const mend = await cutEdits(context);
  await page.getByRole("button", { name: "Save recipe" }).click();
  await page.getByRole("heading", { name: "Onion tart" }).waitFor();
  const address = page.url();
  await page.getByText("1 edit waiting").waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Onion tart" }).waitFor();
  await mend();
  await expect
    .poll(async () => (await home.owner.json<Recipe[]>("GET", "/api/recipes")).map(({ _id }) => _id))
    .toEqual([address.split("/").at(-1)]);
});

test("signing out says what has not been saved, and erases it only when it is told to", async () => {
  await cutEdits(context);
  await addDish(page, "Monday dinner", "Soup");
  await page.getByText("1 edit waiting").waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByText("1 edit is not saved").waitFor();
  await page.getByRole("button", { name: "Stay" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign out and drop" }).click();
  await page.waitForURL("**/login");
  await signIn(page, home.owner.user.email);
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  await page.goto(`${stack.url}/plans/${home.plan._id}`);
  await untilState(page, "live");
  expect(await shownDishes(page)).toEqual([]);
});

test("where the browser keeps nothing, edits are sent all the same, and the page says what that means", async () => {
  const bare = await browserOf(browser, home.owner);
  await bare.addInitScript(() => Object.defineProperty(globalThis, "indexedDB", { value: undefined }));
  const other = await openPlan(bare, stack.url, home.plan._id);
  const mend = await cutEdits(bare);
  await addDish(other, "Monday dinner", "Soup");
  await other.getByText("This browser keeps nothing").waitFor();
  await mend();
  await expect.poll(savedTitles).toEqual(["Soup"]);
  await other.getByText("This browser keeps nothing").waitFor({ state: "detached" });
  await bare.close();
});

test("what an older version of the page has kept breaks nothing", async () => {
  await page.evaluate(async (account) => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const opening = indexedDB.open("mealcast");
    opening.addEventListener("success", () => {
      const writing = opening.result.transaction("edits", "readwrite");
      for (const odd of [{}, { work: "soup" }, { order: "x", work: { kind: "entry", edit: [] } }]) {
        writing.objectStore("edits").put({ ...odd, account, key: crypto.randomUUID() });
      }
      writing.addEventListener("complete", resolve);
    });
    await promise;
  }, home.owner.user._id);
  await page.reload();
  await addDish(page, "Monday dinner", "Soup");
  await expect.poll(savedTitles).toEqual(["Soup"]);
});

function credentials(email: string) {
  return { email, password: "a long password" };
}

async function signIn(on: Page, email: string): Promise<void> {
  await on.getByLabel("Email").fill(email);
  await on.getByLabel("Password").fill(credentials(email).password);
  await on.getByRole("button", { name: "Sign in", exact: true }).click();
}
