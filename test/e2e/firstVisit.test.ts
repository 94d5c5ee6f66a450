import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { Household } from "../../protocol/household.ts";
import type { MealPlan } from "../../protocol/mealPlan.ts";
import { startBrowser } from "../support/browser.ts";
import { PASSWORD, signIn, signUp } from "../support/forms.ts";
import { enter, type Person } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

const DEMO = { email: "demo@example.com", name: "Demo", password: PASSWORD } as const;

let stack: Stack;
let browser: Browser;
let owner: Person;
let plan: MealPlan;
let page: Page;

beforeAll(async () => {
  stack = await startStack({ vars: { DEMO_ACCOUNT: DEMO.email, HEARTBEAT_SECONDS: "1" } });
  owner = await enter(stack.url, "register", DEMO);
  const household = await owner.json<Household>("POST", "/api/households", { name: "The Does" });
  plan = await owner.json<MealPlan>("GET", `/api/households/${household._id}/mealplans`);
  await addDinner("sunday", "Roast chicken");
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

beforeEach(async () => {
  const context = await browser.newContext();
  page = await context.newPage();
  await page.goto(stack.url);
  return () => context.close();
});

async function addDinner(day: string, title: string): Promise<void> {
  await owner.json("POST", `/api/mealplans/${plan._id}/entries`, { day, meal: "dinner", title });
}

function newEmail(): string {
  return `${crypto.randomUUID()}@example.com`;
}

/** The dinners of today on all plans of the database that somebody else than the demo made. */
async function tonightOf(email: string): Promise<readonly string[]> {
  const person = await enter(stack.url, "login", { email, password: PASSWORD });
  const [household] = await person.json<Household[]>("GET", "/api/households");
  const { entries } = await person.json<MealPlan>("GET", `/api/households/${household?._id}/mealplans`);
  const today = new Date().toLocaleDateString("en", { weekday: "long" }).toLowerCase();
  return entries.filter(({ day, meal }) => day === today && meal === "dinner").map(({ title }) => title);
}

test("who comes without an account reads what this is, and sees a real week that changes meanwhile", async () => {
  await page.getByRole("heading", { level: 1, name: "Plan the week" }).waitFor();
  const week = page.getByRole("region", { name: "A week of meals" });
  await week.getByText("Roast chicken").waitFor();
  await week.getByText("Live", { exact: true }).waitFor();
  await addDinner("saturday", "Fish pie");
  await week.locator("[data-sheet-day=saturday]", { hasText: "Fish pie" }).waitFor();
  await week.getByText("Changed just now").waitFor();
  expect(await week.getByRole("button").count()).toBe(0);
});

test("from there one gets to signing in, and comes out at one's own week", async () => {
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await signIn(page, DEMO.email);
  await page.waitForURL(`**/plans/${plan._id}`);
});

test("a new household is led to its first dinner: a name, one press, and it is on the plan", async () => {
  const email = newEmail();
  await page.getByRole("link", { name: "Create an account" }).click();
  await signUp(page, "Grace", email);
  const name = page.getByLabel("Name of the new household");
  await name.waitFor();
  await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.type("Grace's table");
  await page.keyboard.press("Enter");
  const question = page.getByLabel("What is for dinner tonight?");
  await question.waitFor();
  await expect.poll(() => question.evaluate((field) => field === document.activeElement)).toBe(true);
  const ideas = page.getByRole("list", { name: "Ideas" }).getByRole("button");
  expect(await ideas.count()).toBe(3);
  const dish = (await ideas.first().textContent()) ?? "";
  await ideas.first().click();
  await expect.poll(() => tonightOf(email)).toEqual([dish]);
  await page.locator("section.today [data-meal=dinner]", { hasText: dish }).waitFor();
  const next = page.getByRole("link", { name: "Invite somebody" });
  await expect.poll(() => next.evaluate((link) => link === document.activeElement)).toBe(true);
});

test("the first dinner can be typed as well, and after a reload the question is still there", async () => {
  const email = newEmail();
  await page.getByRole("link", { name: "Create an account" }).click();
  await signUp(page, "Grace", email);
  await page.getByLabel("Name of the new household").fill("Grace's table");
  await page.keyboard.press("Enter");
  await page.getByLabel("What is for dinner tonight?").waitFor();
  await page.reload();
  await page.getByLabel("What is for dinner tonight?").fill("Onion tart");
  await page.keyboard.press("Enter");
  await expect.poll(() => tonightOf(email)).toEqual(["Onion tart"]);
  await page.getByRole("button", { name: "Go on with the week" }).click();
  await page.getByRole("region", { name: "Your first dinner" }).waitFor({ state: "detached" });
});

test("whoever can't be sent the real week sees an example, until it comes", async () => {
  const plans = /\/api\/(?:streams\/)?mealplans\//;
  await page.route(plans, (route) => route.abort());
  await page.reload();
  await page.getByText("A week, as an example.").waitFor();
  await page.unroute(plans);
  await page.getByText("This one is real").waitFor();
});

test("when the link to the week is ended, visitors see an example instead", async () => {
  const week = page.getByRole("region", { name: "A week of meals" });
  await week.getByText("Live", { exact: true }).waitFor();
  const shares = await owner.json<{ _id: string }[]>("GET", `/api/mealplans/${plan._id}/shares`);
  expect(shares.length).toBe(1);
  await owner.json("DELETE", `/api/mealplans/${plan._id}/shares/${shares[0]?._id}`);
  await page.getByText("A week, as an example.").waitFor();
  await week.getByText("Friday pizza").waitFor();
});
