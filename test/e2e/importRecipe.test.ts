import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { browserOf, startBrowser } from "../support/browser.ts";
import { OutsideHost } from "../support/OutsideHost.ts";
import { makeHome } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { GRAPH } from "../support/recipePages.ts";

let host: OutsideHost;
let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  host = await OutsideHost.start((_, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end(GRAPH);
  });
  stack = await startStack();
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
  await host.stop();
});

async function newRecipe(): Promise<Page> {
  const { owner } = await makeHome(stack.url);
  const page = await (await browserOf(browser, owner)).newPage();
  await page.goto(`${stack.url}/recipes/new`);
  await page.getByText("From a web page").click();
  return page;
}

async function fillInFrom(page: Page, pasted: string): Promise<void> {
  await page.getByLabel("Page or recipe").fill(pasted);
  await page.getByRole("button", { name: "Fill in the recipe" }).click();
}

test("a cook takes a recipe from a web page: it fills the form, is saved, shown as written, and for more people", async () => {
  const page = await newRecipe();
  await fillInFrom(page, "https://www.recipes.example/mac");
  await page.getByText("Look it over, then save it.").waitFor();
  expect(await page.getByLabel("Title").inputValue()).toBe("Mac & Cheese");
  await page.getByLabel("Title").fill("Mac and cheese");
  await page.getByRole("button", { name: "Save recipe" }).click();
  await page.getByRole("heading", { name: "Mac and cheese" }).waitFor();
  const lines = () => page.locator(".ingredients li").allInnerTexts();
  expect(await lines()).toEqual(["1½ cups macaroni", "2-3 tbsp butter", "some salt"]);
  for (let more = 0; more < 4; more++) await page.getByRole("button", { name: "For more people" }).click();
  await expect.poll(lines).toEqual(["3 cups macaroni", "4-6 tbsp butter", "some salt"]);
  await page.getByRole("button", { name: "As written, for 4" }).click();
  await expect.poll(lines).toEqual(["1½ cups macaroni", "2-3 tbsp butter", "some salt"]);
});

test("of a pasted text, what found no place is shown, and a reload loses none of it", async () => {
  const page = await newRecipe();
  await fillInFrom(page, "Toast\nServes 2\n2 slices bread\n1. Toast it.\nEnjoy!");
  await page.locator(".unread-lines").getByText("Enjoy!").waitFor();
  await page.reload();
  expect(await page.getByLabel("Page or recipe").inputValue()).toContain("Enjoy!");
  expect(await page.getByLabel("Ingredients").inputValue()).toBe("2 slices bread");
  expect(await page.getByLabel("Servings").inputValue()).toBe("2");
  expect(await page.getByLabel("Steps").inputValue()).toBe("Toast it.");
});
