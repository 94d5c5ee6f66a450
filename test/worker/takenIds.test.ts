import { ObjectId } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { Household } from "../../protocol/household.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { type Home, join, makeHome, type Person } from "../support/people.ts";
import { type Stack, startStack } from "../support/stack.ts";

let stack: Stack;
let home: Home;
let mallory: Home;

beforeAll(async () => {
  stack = await startStack();
  home = await makeHome(stack.url);
  mallory = await makeHome(stack.url, "Mallory");
});
afterAll(() => stack.stop());

function send(person: Person, path: string, body: object, key?: string): Promise<Response> {
  return fetch(stack.url + path, {
    method: "POST",
    headers: {
      cookie: person.cookie,
      "content-type": "application/json",
      ...(key !== undefined && { "idempotency-key": key }),
    },
    body: JSON.stringify(body),
  });
}

/** What of an answer does not differ from one document to the next. */
async function shapeOf(answer: Response): Promise<object> {
  const document = (await answer.json()) as object;
  return { status: answer.status, type: answer.headers.get("content-type"), fields: Object.keys(document) };
}

test("a recipe with the _id of somebody else's is answered like any other, and theirs stays as it is", async () => {
  const theirs = await home.owner.json<Recipe>("POST", "/api/recipes", { title: "Secret sauce" });
  const wish = { _id: theirs._id, title: "My sauce" };
  const taken = await send(mallory.owner, "/api/recipes", wish);
  const free = await send(mallory.owner, "/api/recipes", { ...wish, _id: new ObjectId().toHexString() });
  expect(taken.status).toBe(201);
  const mine = (await taken.clone().json()) as Recipe;
  expect(mine).toMatchObject({ title: "My sauce", householdId: mallory.household._id });
  expect(await shapeOf(taken)).toEqual(await shapeOf(free));
  expect(await mallory.owner.json("GET", `/api/recipes/${mine._id}`)).toEqual(mine);
  expect(await home.owner.json("GET", `/api/recipes/${theirs._id}`)).toEqual(theirs);
});

test("such a recipe is kept once, however often it is sent, by whom of the household, and with which key", async () => {
  const theirs = await home.owner.json<Recipe>("POST", "/api/recipes", { title: "Another secret" });
  const cook = await makeHome(stack.url, "Cook");
  const grace = await join(cook, "Grace");
  const wish = { _id: theirs._id, title: "Gravy" };
  const all = [
    await send(cook.owner, "/api/recipes", wish, "first-key"),
    await send(cook.owner, "/api/recipes", wish, "first-key"),
    await send(cook.owner, "/api/recipes", wish),
    await send(grace, "/api/recipes", wish, "other-key"),
    ...(await Promise.all([1, 2, 3].map(() => send(grace, "/api/recipes", wish)))),
  ];
  const ids = await Promise.all(all.map(async (answer) => ((await answer.json()) as Recipe)._id));
  expect(new Set(ids).size).toBe(1);
  expect(await cook.owner.json<Recipe[]>("GET", "/api/recipes")).toHaveLength(1);
});

test("a household with the _id of somebody else's is one's own, with a plan, and made once", async () => {
  const wish = { _id: home.household._id, name: "Mine" };
  const [one, other] = [
    (await (await send(mallory.owner, "/api/households", wish)).json()) as Household,
    (await (await send(mallory.owner, "/api/households", wish)).json()) as Household,
  ];
  expect(one).toMatchObject({ name: "Mine", members: [{ userId: mallory.owner.user._id }] });
  expect(other).toEqual(one);
  const plan = await mallory.owner.request("GET", `/api/households/${one._id}/mealplans`);
  expect(plan.status).toBe(200);
  const path = `/api/households/${home.household._id}`;
  expect(await home.owner.json("GET", path)).toEqual(home.household);
});
