import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { MealPlan } from "../../protocol/mealPlan.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { browserOf, openPlan, shownDishes, startBrowser, untilState } from "../support/browser.ts";
import { addDish, openDish } from "../support/dishForms.ts";
import { join, makeHome, type Home, type Person } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

let stack: Stack;
let browser: Browser;
let home: Home;
let jane: Person;
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
  jane = await join(home, "Jane");
  const dish = { day: "monday", meal: "dinner", title: "Soup", note: "mild", servings: 3 };
  soupId = (await home.owner.json<MealPlan>("POST", entriesPath(), dish)).entries[0]?._id ?? "";
  context = await browserOf(browser, home.owner);
  page = await openPlan(context, stack.url, home.plan._id);
  return () => context.close();
});

function entriesPath(): string {
  return `/api/mealplans/${home.plan._id}/entries`;
}

async function savedDishes() {
  return (await home.owner.json<MealPlan>("GET", `/api/mealplans/${home.plan._id}`)).entries;
}

function undoButton() {
  return page.getByRole("button", { name: "Undo", exact: true });
}

async function changeSoup(field: "Note" | "Servings", text: string): Promise<void> {
  const form = await openDish(page, "Soup");
  await form.getByLabel(field).fill(text);
  await form.getByRole("button", { name: "Save" }).click();
}

test("an added dish goes again, a removed one comes back as it was, to the last field", async () => {
  await addDish(page, "Friday lunch", "Pizza");
  await page.getByText("Added Pizza to Friday lunch.").waitFor();
  await undoButton().click();
  await expect.poll(savedDishes).toMatchObject([{ title: "Soup" }]);
  const [before] = await savedDishes();
  await page.getByRole("button", { name: "Remove Soup" }).click();
  await expect.poll(savedDishes).toEqual([]);
  await undoButton().click();
  await expect.poll(savedDishes).toMatchObject([{ _id: soupId, title: "Soup", note: "mild", servings: 3 }]);
  expect(before).toMatchObject({ _id: soupId });
});

test("to undo a change brings back what it changed, and leaves what another has changed since", async () => {
  await changeSoup("Note", "hot");
  await expect.poll(savedDishes).toMatchObject([{ note: "hot" }]);
  await jane.json("PATCH", `${entriesPath()}/${soupId}`, { title: "Broth" });
  await page.getByRole("button", { name: "Edit Broth" }).waitFor();
  await undoButton().click();
  await expect.poll(savedDishes).toMatchObject([{ title: "Broth", note: "mild", servings: 3 }]);
});

test("to undo a move puts the dish back where it was", async () => {
  const form = await openDish(page, "Soup");
  await form.getByLabel("Day").selectOption("sunday");
  await form.getByRole("button", { name: "Save" }).click();
  await page.getByText("Moved Soup to Sunday dinner.").waitFor();
  await undoButton().click();
  await expect.poll(savedDishes).toMatchObject([{ day: "monday", meal: "dinner" }]);
  expect(await shownDishes(page)).toEqual(["monday dinner: Soup"]);
});

test("when another has changed the same since, undoing says so, shows both and asks", async () => {
  await changeSoup("Note", "hot");
  await expect.poll(savedDishes).toMatchObject([{ note: "hot" }]);
  await jane.json("PATCH", `${entriesPath()}/${soupId}`, { note: "cold" });
  await page.getByText("cold").waitFor();
  await undoButton().click();
  const question = page.getByRole("dialog", { name: "Jane changed this meanwhile" });
  await question.getByText("Undo all the same?").waitFor();
  expect(await savedDishes()).toMatchObject([{ note: "cold" }]);
  await question.getByRole("radio", { name: /Yours.*mild/s }).waitFor();
  await question.getByRole("button", { name: "Keep mine" }).click();
  await expect.poll(savedDishes).toMatchObject([{ note: "mild" }]);
});

test("a move that another has made since is not undone unasked either", async () => {
  const form = await openDish(page, "Soup");
  await form.getByLabel("Day").selectOption("sunday");
  await form.getByRole("button", { name: "Save" }).click();
  await expect.poll(savedDishes).toMatchObject([{ day: "sunday" }]);
  await jane.json("PATCH", `${entriesPath()}/${soupId}`, { day: "friday" });
  await page.locator(".toast", { hasText: "Jane moved Soup to Friday dinner." }).waitFor();
  await undoButton().click();
  const question = page.getByRole("dialog", { name: "Jane changed this meanwhile" });
  await question.getByRole("radio", { name: /Jane’s.*Friday/s }).check();
  await question.getByRole("button", { name: "Keep Jane’s" }).click();
  await question.waitFor({ state: "detached" });
  expect(await savedDishes()).toMatchObject([{ day: "friday" }]);
});

test("an added dish that another has worked on is not taken away without a question", async () => {
  await addDish(page, "Friday lunch", "Pizza");
  await expect.poll(async () => (await savedDishes()).length).toBe(2);
  const pizzaId = (await savedDishes()).find(({ title }) => title === "Pizza")?._id ?? "";
  await jane.json("PATCH", `${entriesPath()}/${pizzaId}`, { note: "no olives" });
  await page.getByText("no olives").waitFor();
  await undoButton().click();
  await page.getByText("Somebody has changed Pizza since you added it.").waitFor();
  expect(await savedDishes()).toHaveLength(2);
  await page.getByRole("button", { name: "Remove it all the same" }).click();
  await expect.poll(savedDishes).toMatchObject([{ title: "Soup" }]);
});

test("the way back goes when it leads nowhere: another has removed the dish", async () => {
  await changeSoup("Note", "hot");
  await undoButton().waitFor();
  await jane.json("DELETE", `${entriesPath()}/${soupId}`);
  await undoButton().waitFor({ state: "detached" });
});

test("Ctrl+Z goes back step by step, and is left to the text where one types", async () => {
  await changeSoup("Note", "hot");
  await changeSoup("Servings", "9");
  await expect.poll(savedDishes).toMatchObject([{ note: "hot", servings: 9 }]);
  const form = await openDish(page, "Soup");
  await form.getByLabel("Note").press("Control+z");
  await page.keyboard.press("Escape");
  await form.waitFor({ state: "detached" });
  await page.keyboard.press("Control+z");
  await expect.poll(savedDishes).toMatchObject([{ note: "hot", servings: 3 }]);
  await page.getByText("Undone: Changed Soup.").waitFor();
  await page.keyboard.press("Control+z");
  await expect.poll(savedDishes).toMatchObject([{ note: "mild", servings: 3 }]);
  await page.keyboard.press("Control+z");
  expect(await savedDishes()).toMatchObject([{ note: "mild", servings: 3 }]);
});

test("a deleted recipe comes back under its address, and a changed one as it was", async () => {
  const fields = { title: "Pancakes", steps: ["Whisk.", "Bake."], tags: ["sweet"] };
  const recipe = await home.owner.json<Recipe>("POST", "/api/recipes", fields);
  const saved = () => home.owner.json<Recipe[]>("GET", "/api/recipes");
  await page.goto(`${stack.url}/recipes/${recipe._id}`);
  await untilState(page, "live");
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Steps").fill("Whisk.\nRest.\nBake.");
  await page.getByRole("button", { name: "Save recipe" }).click();
  await page.getByText("Changed the recipe Pancakes.").waitFor();
  await undoButton().click();
  await expect.poll(saved).toMatchObject([{ steps: ["Whisk.", "Bake."] }]);
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Yes, delete" }).click();
  await page.getByText("Deleted the recipe Pancakes.").waitFor();
  await expect.poll(saved).toEqual([]);
  await undoButton().click();
  await expect.poll(saved).toMatchObject([{ _id: recipe._id, ...fields }]);
  await page.getByRole("link", { name: "Pancakes" }).waitFor();
});

test("a household gets its old name back", async () => {
  await page.goto(`${stack.url}/households/${home.household._id}`);
  await untilState(page, "live");
  await page.getByLabel("Name").fill("The Adas");
  await page.getByRole("button", { name: "Rename" }).click();
  await page.getByText("Renamed Ada's home to The Adas.").waitFor();
  await undoButton().click();
  await page.getByRole("heading", { name: "Ada's home" }).waitFor();
  const household = () => jane.json<{ name: string }>("GET", `/api/households/${home.household._id}`);
  await expect.poll(async () => (await household()).name).toBe("Ada's home");
});
