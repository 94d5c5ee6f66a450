import * as fc from "fast-check";
import { ObjectId } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { Household } from "../../protocol/household.ts";
import type { MealPlan } from "../../protocol/mealPlan.ts";
import type { Recipe } from "../../protocol/recipe.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { holdWrites } from "../support/holdWrites.ts";
import { type Home, join, makeHome, type Person } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";

let stack: Stack;
let database: DatabaseView;
let home: Home;
let ada: Person;
let grace: Person;
let plan: string;
let keys = 0;

beforeAll(async () => {
  stack = await startStack();
  database = new DatabaseView(stack.mongoUri);
  home = await makeHome(stack.url);
  ada = home.owner;
  grace = await join(home, "Grace");
});

afterAll(async () => {
  await database.close();
  await stack.stop();
});

beforeEach(async () => {
  plan = `/api/mealplans/${home.plan._id}`;
  await database.db
    .collection("mealplans")
    .updateOne({ _id: new ObjectId(home.plan._id) }, { $set: { entries: [], activity: [], removed: [] } });
});

/** An edit that can be sent again: the key goes with it each time. */
interface KeyedEdit {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
  readonly key: string;
}

function newKey(): string {
  return `key-${++keys}`;
}

function send(person: Person, { method, path, body, key }: KeyedEdit): Promise<Response> {
  return fetch(stack.url + path, {
    method,
    headers: {
      cookie: person.cookie,
      "idempotency-key": key,
      ...(body && { "content-type": "application/json" }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
}

async function addSoup(): Promise<string> {
  const body = { _id: new ObjectId().toString(), day: "monday", meal: "dinner", title: "Soup" };
  await ada.json("POST", `${plan}/entries`, body);
  return `${plan}/entries/${body._id}`;
}

async function entries() {
  return (await ada.json<MealPlan>("GET", plan)).entries;
}

describe("an edit that is sent again with its key changes nothing", () => {
  test("when it adds a dish, even one that has been removed since", async () => {
    const body = { day: "monday", meal: "dinner", title: "Soup" };
    const edit = { method: "POST", path: `${plan}/entries`, body, key: newKey() };
    const first = await send(ada, edit);
    const again = await send(ada, edit);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(await again.text()).toBe(await first.text());
    const [soup] = await entries();
    await grace.json("DELETE", `${plan}/entries/${soup?._id}`);
    expect((await send(ada, edit)).status).toBe(201);
    expect(await entries()).toEqual([]);
  });

  test("when it changes a dish, whoever changed it since", async () => {
    const path = await addSoup();
    const edit = { method: "PATCH", path, body: { title: "Stew", was: { title: "Soup" } }, key: newKey() };
    expect((await send(ada, edit)).status).toBe(200);
    await grace.json("PATCH", path, { title: "Broth" });
    const again = await send(ada, edit);
    expect(again.status).toBe(200);
    expect(await again.text()).toBe(await (await ada.request("GET", plan)).text());
    expect(await entries()).toMatchObject([{ title: "Broth" }]);
  });

  test("when it found nothing to change the first time", async () => {
    const path = await addSoup();
    const edit = { method: "PATCH", path, body: { title: "Soup" }, key: newKey() };
    await send(ada, edit);
    await grace.json("PATCH", path, { title: "Broth" });
    await send(ada, edit);
    expect(await entries()).toMatchObject([{ title: "Broth" }]);
  });

  test("when it removes a dish that somebody has put back", async () => {
    const path = await addSoup();
    const edit = { method: "DELETE", path, key: newKey() };
    expect((await send(ada, edit)).status).toBe(200);
    expect((await send(ada, edit)).status).toBe(200);
    await expectProblem(await ada.request("DELETE", path), "not-found");
    const _id = path.split("/").at(-1);
    await grace.json("POST", `${plan}/entries`, { _id, day: "friday", meal: "lunch", title: "Soup" });
    expect((await send(ada, edit)).status).toBe(200);
    expect(await entries()).toMatchObject([{ _id, day: "friday" }]);
  });

  test("when it is sent many times at once", async () => {
    const body = { day: "monday", meal: "dinner", title: "Soup" };
    const edit = { method: "POST", path: `${plan}/entries`, body, key: newKey() };
    await holdWrites(database.db, 3);
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(ada, edit)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(await entries()).toHaveLength(1);
  });

  test("when it adds, changes or removes a recipe", async () => {
    const add = { method: "POST", path: "/api/recipes", body: { title: "Stew" }, key: newKey() };
    const first = (await (await send(ada, add)).json()) as Recipe;
    expect(await (await send(ada, add)).json()).toEqual(first);
    const path = `/api/recipes/${first._id}`;
    const change = { method: "PATCH", path, body: { title: "Ragout" }, key: newKey() };
    await send(ada, change);
    await grace.json("PATCH", path, { title: "Goulash" });
    expect(await (await send(ada, change)).json()).toMatchObject({ title: "Goulash" });
    const remove = { method: "DELETE", path, key: newKey() };
    expect((await send(ada, remove)).status).toBe(204);
    expect((await send(ada, remove)).status).toBe(204);
    await expectProblem(await send(ada, { ...remove, key: newKey() }), "not-found");
    await expectProblem(await send(ada, add), "not-found");
    await expectProblem(await send(ada, change), "not-found");
    expect(await ada.json<Recipe[]>("GET", "/api/recipes")).toEqual([]);
    const back = await ada.json<Recipe>("POST", "/api/recipes", { _id: first._id, title: "Stew" });
    expect(back).toMatchObject({ _id: first._id, title: "Stew" });
    expect((await send(ada, remove)).status).toBe(204);
    await ada.json("DELETE", path);
  });

  test("when it renames a household", async () => {
    const path = `/api/households/${home.household._id}`;
    const edit = { method: "PATCH", path, body: { name: "Villa" }, key: newKey() };
    await send(ada, edit);
    await ada.json("PATCH", path, { name: "Cabin" });
    expect(await (await send(ada, edit)).json()).toMatchObject({ name: "Cabin" });
    expect(await ada.json<Household>("GET", path)).toMatchObject({ name: "Cabin" });
  });
});

test("a key is 1 to 64 letters, digits, dashes and underscores", async () => {
  const path = await addSoup();
  const before = await database.everything();
  for (const key of ["", "a b", "x".repeat(65), '{"$ne":1}', "schlüssel", "a,b"]) {
    const edit = { method: "PATCH", path, body: { title: "Stew" }, key };
    if (key !== "schlüssel") await expectProblem(await send(ada, edit), "invalid-header", key);
  }
  expect(await database.everything()).toBe(before);
  expect(
    (await send(ada, { method: "PATCH", path, body: { title: "Stew" }, key: "x".repeat(64) })).status,
  ).toBe(200);
});

test("a key opens nothing to a stranger", async () => {
  const path = await addSoup();
  const edit = { method: "PATCH", path, body: { title: "Stew" }, key: newKey() };
  await send(ada, edit);
  const { owner: stranger } = await makeHome(stack.url, "Mallory");
  await expectProblem(await send(stranger, edit), "not-found");
});

test("any schedule of edits that are sent again ends as if each was made once, at its first time", async () => {
  const step = fc.record({
    edit: fc.nat({ max: 5 }),
    kind: fc.constantFrom("title" as const, "note" as const, "servings" as const),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (schedule) => {
      const path = await addSoup();
      const made = new Map<number, KeyedEdit>();
      const expected: Record<string, unknown> = { title: "Soup", note: "", servings: 4 };
      for (const [at, { edit, kind }] of schedule.entries()) {
        const value = kind === "servings" ? at + 1 : `${kind} ${at}`;
        const body = { [kind]: value };
        const known = made.get(edit);
        const sent = known ?? { method: "PATCH", path, body, key: newKey() };
        made.set(edit, sent);
        expect((await send(edit % 2 ? ada : grace, sent)).status).toBe(200);
        if (!known) expected[kind] = value;
      }
      const shown = (await entries()).find(({ _id }) => path.endsWith(_id));
      expect(shown).toMatchObject(expected);
    }),
    { numRuns: 12 },
  );
});
