import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { Recipe } from "../../protocol/recipe.ts";
import { browserOf, startBrowser } from "../support/browser.ts";
import { makeHome } from "../support/people.ts";
import { DOT, OutsideHost } from "../support/OutsideHost.ts";
import { startStack, type Stack } from "../support/stack.ts";

let pictures: OutsideHost;
let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  pictures = await OutsideHost.start((_, response) => {
    response.writeHead(200, { "content-type": "image/png" }).end(DOT);
  });
  stack = await startStack();
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
  await pictures.stop();
});

test("a cook sees the pictures of other hosts, and the browser asks nobody but us for them", async () => {
  const { owner } = await makeHome(stack.url);
  const image = "https://www.pictures.example/soup.png?size=large&crop=1";
  const { _id } = await owner.json<Recipe>("POST", "/api/recipes", { title: "Soup", image });
  const page = await (await browserOf(browser, owner)).newPage();
  const hosts = new Set<string>();
  page.on("request", (request) => hosts.add(new URL(request.url()).origin));
  for (const path of ["/recipes", `/recipes/${_id}`]) {
    await page.goto(stack.url + path);
    const picture = page.locator('img[src^="/api/pictures"]').first();
    await picture.waitFor();
    const width = () => picture.evaluate((element) => (element as HTMLImageElement).naturalWidth);
    await expect.poll(width).toBeGreaterThan(0);
  }
  expect([...hosts]).toEqual([stack.url]);
  expect(pictures.asked.map(({ address }) => address)).toContain(image);
});
