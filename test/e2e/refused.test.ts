import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { MealPlan } from "../../protocol/mealPlan.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { browserOf, openPlan, startBrowser } from "../support/browser.ts";
import { cutEdits } from "../support/cutEdits.ts";
import { addDish, openDish } from "../support/dishForms.ts";
import { makeHome, type Home } from "../support/people.ts";
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

function planPath(): string {
  return `/api/mealplans/${home.plan._id}`;
}

async function savedDishes() {
  return (await home.owner.json<MealPlan>("GET", planPath())).entries;
}

/** The list of what the server said no to. */
function refused() {
  return page.getByRole("region", { name: "Not saved" });
}

/** A dish whose note was written without a connection, and which somebody has removed meanwhile. */
async function noteOnRemovedDish(): Promise<void> {
  const dish = { day: "monday", meal: "dinner", title: "Soup", servings: 3 };
  const [soup] = (await home.owner.json<MealPlan>("POST", `${planPath()}/entries`, dish)).entries;
  const form = await openDish(page, "Soup");
  await form.getByLabel("Note").fill("with the good bread");
  const mend = await cutEdits(context);
  await form.getByRole("button", { name: "Save" }).click();
  await page.getByText("1 edit waiting").waitFor();
  await home.owner.json("DELETE", `${planPath()}/entries/${soup?._id}`);
  await mend();
  await refused().getByText("with the good bread").waitFor();
}

test("a refused change of a dish that is gone opens in its form again, after a reload too, and the dish can be put back", async () => {
  await noteOnRemovedDish();
  await page.reload();
  await refused().getByRole("button", { name: "Change" }).click();
  const form = page.getByRole("dialog", { name: "Soup was removed" });
  expect(await form.getByLabel("Note").inputValue()).toBe("with the good bread");
  await form.getByLabel("Note").fill("with any bread");
  await form.getByRole("button", { name: "Put it back" }).click();
  await refused().waitFor({ state: "detached" });
  await expect
    .poll(savedDishes)
    .toMatchObject([{ title: "Soup", day: "monday", servings: 3, note: "with any bread" }]);
});

test("what is typed while a refused edit is changed is kept as well, until it is saved or dropped", async () => {
  await noteOnRemovedDish();
  await refused().getByRole("button", { name: "Change" }).click();
  await page.getByRole("dialog").getByLabel("Note").fill("with any bread");
  await page.reload();
  await refused().getByRole("button", { name: "Change" }).click();
  expect(await page.getByRole("dialog").getByLabel("Note").inputValue()).toBe("with any bread");
  await page.keyboard.press("Escape");
  await refused().getByRole("button", { name: "Drop" }).click();
  await refused().waitFor({ state: "detached" });
  expect(await savedDishes()).toEqual([]);
});

test("a new dish that the server will not take is put right in its form, and saved", async () => {
  const [elsewhere] = [await makeHome(stack.url, "Bob")];
  const theirs = await elsewhere.owner.json<Recipe>("POST", "/api/recipes", { title: "Secret stew" });
  await context.route("**/entries", async (route) => {
    const body: object = route.request().postDataJSON();
    await route.continue({ postData: JSON.stringify({ ...body, recipeId: theirs._id }) });
  });
  await addDish(page, "Friday dinner", "Pizza");
  await refused().getByText("No recipe of this household").waitFor();
  await context.unrouteAll();
  await refused().getByRole("button", { name: "Change" }).click();
  const form = page.getByRole("dialog", { name: "Change Pizza" });
  await form.getByLabel("Dish").fill("Calzone");
  await form.getByRole("button", { name: "Save" }).click();
  await expect.poll(savedDishes).toMatchObject([{ title: "Calzone", day: "friday" }]);
  await refused().waitFor({ state: "detached" });
});

test("the text of a recipe that is gone is there to be changed, and to be added as a new one", async () => {
  const recipe = await home.owner.json<Recipe>("POST", "/api/recipes", {
    title: "Pancakes",
    ingredients: [{ quantity: 2, unit: "", name: "eggs" }],
  });
  await page.goto(`${stack.url}/recipes/${recipe._id}`);
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByLabel("Steps").fill("Whisk.\nBake.");
  const mend = await cutEdits(context);
  await page.getByRole("button", { name: "Save recipe" }).click();
  await page.getByText("1 edit waiting").waitFor();
  await home.owner.json("DELETE", `/api/recipes/${recipe._id}`);
  await mend();
  await refused().getByText("Change the recipe Pancakes").waitFor();
  await page.reload();
  await refused().getByRole("button", { name: "Change" }).click();
  const form = page.getByRole("dialog", { name: "Pancakes was removed" });
  expect(await form.getByLabel("Steps").inputValue()).toBe("Whisk.\nBake.");
  expect(await form.getByLabel("Ingredients").inputValue()).toBe("2 eggs");
  await form.getByRole("button", { name: "Add as a new recipe" }).click();
  const recipes = () => home.owner.json<Recipe[]>("GET", "/api/recipes");
  await expect.poll(recipes).toMatchObject([{ title: "Pancakes", steps: ["Whisk.", "Bake."] }]);
});
