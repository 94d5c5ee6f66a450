import type { IncomingMessage, ServerResponse } from "node:http";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { ImportedRecipe } from "../../protocol/importedRecipe.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { INSIDE } from "../support/inside.ts";
import { OutsideHost } from "../support/OutsideHost.ts";
import { makeHome, newAddress, type Person, register } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { COOKIES, GRAPH, MICRODATA, ONE_TEXT } from "../support/recipePages.ts";

const HOST = "https://www.recipes.example";

const PAGES: Readonly<Record<string, string>> = {
  "/blog/mac": GRAPH,
  "/pancakes": ONE_TEXT,
  "/soups/onion": MICRODATA,
  "/cookies": COOKIES,
  "/none": "<h1>Soup</h1><p>A recipe for people only.",
  "/empty": `<script type="application/ld+json">{"@type":"Recipe"}</script>`,
  "/deep": `<div itemscope itemtype="http://schema.org/Recipe">${"<b itemscope itemprop=recipeInstructions>".repeat(50_000)}`,
  "/large": GRAPH + "x".repeat(4 * 1024 * 1024),
  "/nested": `<script type="application/ld+json">${"[".repeat(100_000)}</script>`,
};

let stack: Stack;
let host: OutsideHost;
let cook: Person;

beforeAll(async () => {
  host = await OutsideHost.start(answer);
  stack = await startStack();
});

afterAll(async () => {
  await stack.stop();
  await host.stop();
});

/** What each address of the host answers. */
function answer({ url = "" }: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(url);
  const to = pathname === "/circle" ? url : searchParams.get("to");
  if (to !== null) response.writeHead(302, { location: Buffer.from(to).toString("latin1") }).end();
  else if (pathname === "/endless") stream(response);
  else if (pathname === "/silent") response.writeHead(200, { "content-type": "text/html" }).write("<html>");
  else if (pathname === "/charset")
    respond(response, searchParams.get("type") ?? "", latin1Page(searchParams));
  else if (pathname in PAGES)
    respond(response, searchParams.get("type") ?? "text/html", PAGES[pathname] ?? "");
  else response.writeHead(404, { "content-type": "text/html" }).end(GRAPH);
}

function respond(response: ServerResponse, type: string, body: string | Buffer): void {
  response.writeHead(200, { "content-type": type, "set-cookie": "a=b" }).end(body);
}

function latin1Page(query: URLSearchParams): Buffer {
  const recipe = JSON.stringify({ "@type": "Recipe", name: "Crème brûlée" });
  const page = `${query.get("head") ?? ""}<script type="application/ld+json">${recipe}</script>`;
  return Buffer.from(page, "latin1");
}

function stream(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/html" });
  const more = (): void => {
    while (!response.destroyed && response.write("<p>More</p>".repeat(6_000)));
  };
  response.on("drain", more);
  more();
}

let asked = 0;

/** Asks as somebody new now and then: how often one may ask is a promise of its own. */
async function ask(url: string): Promise<Response> {
  if (asked++ % 20 === 0) cook = await register(stack.url);
  return askAs(cook, url, newAddress());
}

function askAs({ cookie }: Person, url: string, address: string): Promise<Response> {
  const headers = { cookie, "content-type": "application/json", "cf-connecting-ip": address };
  return fetch(`${stack.url}/api/recipes/import`, { method: "POST", headers, body: JSON.stringify({ url }) });
}

async function imported(url: string): Promise<ImportedRecipe> {
  const response = await ask(url);
  expect(response.status, url).toBe(200);
  return (await response.json()) as ImportedRecipe;
}

test("a page's recipe is read from what it tells programs, without tags and entities", async () => {
  expect(await imported(`${HOST}/blog/mac#top`)).toEqual({
    recipe: {
      title: "Mac & Cheese",
      servings: 4,
      ingredients: [{ text: "1½ cups macaroni" }, { text: "2-3 tbsp butter" }, { text: "some salt" }],
      steps: ["The sauce:", "Melt the butter slowly.", "Add flour.", "Stir.", "Bake: At 180 °C."],
      tags: ["Dinner", "pasta", "Quick", "comfort food"],
      image: `${HOST}/img/mac.jpg`,
      source: `${HOST}/blog/mac`,
    },
    unread: [],
  });
});

test("a recipe in lists, with one text for all its steps, is read as well", async () => {
  const { recipe } = await imported(`${HOST}/pancakes`);
  expect(recipe).toMatchObject({
    title: "Pancakes",
    servings: 2,
    steps: ["Whisk.", "Fry."],
    tags: ["sweet"],
  });
  expect(recipe.ingredients).toEqual([{ text: "200 g flour" }, { text: "3 eggs" }]);
  expect(recipe.image).toBe("https://cdn.example/pancakes.jpg");
});

test("a recipe that only a page's elements describe is read, though the page closes none of them", async () => {
  const { recipe } = await imported(`${HOST}/soups/onion`);
  expect(recipe).toMatchObject({ title: "Onion soup & bread", servings: 6, image: `${HOST}/soup.jpg` });
  expect(recipe.ingredients).toEqual([{ text: "1 kg onions" }, { text: "a pinch of salt" }]);
  expect(recipe.steps).toEqual(["Cut the onions.", "Cook them."]);
});

test("what can't be read, or is too long, is left for the person; nothing is made up", async () => {
  const { recipe, unread } = await imported(`${HOST}/cookies`);
  expect(recipe).toMatchObject({
    title: "Cookies",
    ingredients: [{ text: "flour" }],
    steps: [],
    image: null,
  });
  expect(recipe).not.toHaveProperty("servings");
  expect(unread).toEqual(["24 cookies", "x".repeat(201)]);
});

test("what was read is taken as a new recipe once a person has looked it over", async () => {
  const { recipe } = await imported(`${HOST}/blog/mac`);
  const home = await makeHome(stack.url);
  const kept = await home.owner.json<Recipe>("POST", "/api/recipes", recipe);
  expect(kept).toMatchObject({ title: recipe.title, steps: recipe.steps, image: recipe.image, servings: 4 });
  expect(kept.ingredients[0]).toEqual({
    quantity: 1.5,
    unit: "cups",
    name: "macaroni",
    text: "1½ cups macaroni",
  });
});

test("a pasted text is read too, and what is too long for a recipe is left for the person", async () => {
  const text = `Soup\nServes 3\n2 onions\n1. Cook.\n1. ${"x".repeat(2001)}`;
  const pasting = await register(stack.url);
  expect(await pasting.json("POST", "/api/recipes/import", { text })).toEqual({
    recipe: {
      title: "Soup",
      servings: 3,
      ingredients: [{ text: "2 onions" }],
      steps: ["Cook."],
      tags: [],
      image: null,
      source: null,
    },
    unread: ["x".repeat(2001)],
  });
  for (const bad of [{}, { text, url: HOST }, { text: " " }, { text: "x".repeat(50_001) }])
    await expectProblem(await pasting.request("POST", "/api/recipes/import", bad), "invalid-body");
});

test("reading a recipe keeps nothing", async () => {
  await imported(`${HOST}/pancakes`);
  expect(await cook.json("GET", "/api/recipes")).toEqual([]);
});

test("a page learns nothing of who asks", async () => {
  await imported(`${HOST}/pancakes`);
  const headers = host.asked.at(-1)?.headers;
  for (const name of ["cookie", "referer", "origin", "authorization"])
    expect(headers?.[name]).toBeUndefined();
  expect(JSON.stringify(headers)).not.toContain(cook.user.email);
});

test("a page is read by the charset that it has, whatever it says of it", async () => {
  const head = encodeURIComponent('<meta charset="iso-8859-1">');
  for (const query of [
    "type=text/html;charset=windows-1252",
    "type=text/html;charset=utf-8",
    "type=text/html",
  ])
    expect((await imported(`${HOST}/charset?${query}`)).recipe.title, query).toBe("Crème brûlée");
  expect((await imported(`${HOST}/charset?type=text/html&head=${head}`)).recipe.title).toBe("Crème brûlée");
  const unknown = `${HOST}/charset?type=text/html;charset=nonsense`;
  expect((await imported(unknown)).recipe.title).toBe("Crème brûlée");
});

test.each(["/none", "/empty", "/deep", "/nested"])("a page without a recipe says so: %s", async (path) => {
  await expectProblem(await ask(HOST + path), "no-recipe-found");
});

test.each(["/gone", "/pancakes?type=application/pdf", "/large", "/endless", "/silent", "/circle"])(
  "a page that is not there, is none, is too large or never ends is unreachable: %s",
  async (path) => {
    await expectProblem(await ask(HOST + path), "page-unreachable");
  },
);

test("a page that was moved is found, and where it is now is the recipe's source", async () => {
  const { recipe } = await imported(`${HOST}/old?to=/pancakes`);
  expect(recipe.source).toBe(`${HOST}/pancakes`);
});

const INSIDE_THE_WEB = INSIDE.filter((address) => /^https?:/.test(address));

test.each(INSIDE_THE_WEB)("nothing is fetched from %s, nor by a detour", async (inside) => {
  await expectProblem(await ask(inside), "page-unreachable");
  await expectProblem(await ask(`${HOST}/old?to=${encodeURIComponent(inside)}`), "page-unreachable");
  expect(host.asked.map(({ address }) => address)).not.toContain(inside);
});

test.each(["", "soup", "/soup", "file:///etc/passwd", "javascript:alert(1)"])(
  "“%s” is no address of a page",
  async (url) => {
    await expectProblem(await ask(url), "invalid-body");
  },
);

test("whoever reads one page after the other has to wait, by user and by address", async () => {
  const people = await Promise.all(Array.from({ length: 4 }, () => register(stack.url)));
  const [one = cook] = people;
  await expectProblem(
    await untilRefused(() => askAs(one, `${HOST}/empty`, newAddress())),
    "too-many-attempts",
  );
  const address = newAddress();
  let turns = 0;
  // In turns, so that none of them has asked too often.
  const inTurns = () => askAs(people[(turns++ % 3) + 1] ?? cook, `${HOST}/empty`, address);
  await expectProblem(await untilRefused(inTurns), "too-many-attempts");
});

/** Thirty a minute may be asked, and a new minute may begin meanwhile. */
async function untilRefused(send: () => Promise<Response>): Promise<Response> {
  for (let count = 0; count < 60; count++) {
    const response = await send();
    if (response.status === 429) return response;
  }
  return send();
}
