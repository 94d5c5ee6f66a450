import { ObjectId } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";

import { QUOTAS } from "../../protocol/quotas.ts";
import type { ShoppingLine } from "../../protocol/shoppingList.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { heldField } from "../support/heldItems.ts";
import { type Home, join, makeHome, type Person, register } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { StreamReader } from "../support/streamReader.ts";

let stack: Stack;
let database: DatabaseView;
let home: Home;
let ada: Person;
let grace: Person;
let list: string;
let keys = 0;

beforeAll(async () => {
  stack = await startStack();
  database = new DatabaseView(stack.mongoUri);
  home = await makeHome(stack.url);
  ada = home.owner;
  grace = await join(home, "Grace");
  list = `/api/households/${home.household._id}/list`;
});

afterAll(async () => {
  await database.close();
  await stack.stop();
});

beforeEach(() => database.db.collection("lists").deleteMany({}));

function write(text: string): Promise<ShoppingLine> {
  return ada.json<ShoppingLine>("POST", list, { text });
}

/** Sends an edit with a key, as the page does. */
function sendKeyed(method: string, path: string, body?: object): () => Promise<Response> {
  const key = `list-${++keys}`;
  const headers = {
    cookie: ada.cookie,
    "idempotency-key": key,
    ...(body && { "content-type": "application/json" }),
  };
  return () => fetch(stack.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
}

function storedLines() {
  return database.db.collection("lists").find().sort({ _id: 1 }).toArray();
}

describe("a line that somebody writes", () => {
  test("is read for its amount, unit and name, and put where the shop has it", async () => {
    expect(await write("1½ kg potatoes")).toMatchObject({
      text: "1½ kg potatoes",
      quantity: 1.5,
      unit: "kg",
      name: "potatoes",
      aisle: "Fruit and veg",
      done: false,
      doneBy: null,
      dishes: [],
      householdId: home.household._id,
      changedBy: ada.user._id,
    });
  });

  test("stays as it was written where its amount can't be read for certain", async () => {
    for (const text of ["2-3 onions", "some salt", "1,500 g flour", "candles for Grandma's cake"])
      expect(await write(text)).toMatchObject({ text, quantity: null, unit: "", name: text });
  });

  test("is written once, however often its `_id` or its key is sent", async () => {
    const body = { _id: new ObjectId().toHexString(), text: "milk" };
    const first = await ada.json<ShoppingLine>("POST", list, body);
    expect(await ada.json("POST", list, { ...body, text: "other" })).toEqual(first);
    const again = sendKeyed("POST", list, { text: "eggs" });
    const answers = await Promise.all([again(), again(), again()]);
    const lines = (await Promise.all(answers.map((answer) => answer.json()))) as ShoppingLine[];
    expect(new Set(lines.map(({ _id }) => _id)).size).toBe(1);
    expect(await storedLines()).toHaveLength(2);
  });

  test("does not come back when it was deleted before its edit is sent again", async () => {
    const again = sendKeyed("POST", list, { text: "eggs" });
    const { _id } = (await (await again()).json()) as ShoppingLine;
    await ada.json("DELETE", `${list}/${_id}`);
    await expectProblem(await again(), "not-found");
    expect(await storedLines()).toEqual([]);
  });

  test("gets another `_id` where its own is taken in another household, and nobody is told", async () => {
    const _id = new ObjectId().toHexString();
    await ada.json("POST", list, { _id, text: "our milk" });
    const other = await makeHome(stack.url, "Eve");
    const path = `/api/households/${other.household._id}/list`;
    const line = await other.owner.json<ShoppingLine>("POST", path, { _id, text: "my milk" });
    expect(line._id).not.toBe(_id);
    expect(await other.owner.json("POST", path, { _id, text: "my milk" })).toEqual(line);
  });
});

describe("a tick", () => {
  test("says who did it, and who takes it back leaves no name", async () => {
    const { _id } = await write("milk");
    expect(await grace.json("PATCH", `${list}/${_id}`, { done: true })).toMatchObject({
      done: true,
      doneBy: grace.user._id,
    });
    expect(await ada.json("PATCH", `${list}/${_id}`, { done: false })).toMatchObject({
      done: false,
      doneBy: null,
    });
  });

  test("by two people at once is one tick: neither is refused", async () => {
    const { _id } = await write("milk");
    const tick = { done: true, was: { done: false } };
    const answers = await Promise.all(
      [ada, grace].map((person) => person.request("PATCH", `${list}/${_id}`, tick)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });

  test("that is sent again with its key does not undo what came after it", async () => {
    const { _id } = await write("milk");
    const again = sendKeyed("PATCH", `${list}/${_id}`, { done: true });
    await again();
    await grace.json("PATCH", `${list}/${_id}`, { done: false });
    expect(await (await again()).json()).toMatchObject({ done: false });
  });

  test("is heard by another member at once, and so is a line that goes", async () => {
    const { _id } = await write("milk");
    await write("bread");
    const url = `${stack.url}/api/streams/lists/${home.household._id}`;
    const reader = await StreamReader.open(url, { headers: { cookie: grace.cookie } });
    onTestFinished(() => reader.close());
    await reader.untilEvent("live");
    expect(heldField(reader.events, "text")).toEqual(["bread", "milk"]);
    await ada.json("PATCH", `${list}/${_id}`, { done: true });
    await expect.poll(() => heldField(reader.events, "done")).toEqual([false, true]);
    await ada.json("DELETE", `${list}/${_id}`);
    await expect.poll(() => heldField(reader.events, "text")).toEqual(["bread"]);
  });

  test("is told without what is nobody's business: keys of edits, and shares of plans", async () => {
    const url = `${stack.url}/api/streams/lists/${home.household._id}`;
    const reader = await StreamReader.open(url, { headers: { cookie: grace.cookie } });
    onTestFinished(() => reader.close());
    await reader.untilEvent("live");
    const line = (await (await sendKeyed("POST", list, { text: "eggs" })()).json()) as ShoppingLine;
    await expect.poll(() => heldField(reader.events, "text")).toContain("eggs");
    const told = Object.keys(reader.latest as object).toSorted();
    expect(told).toEqual(Object.keys(line).toSorted());
  });
});

describe("a change of a line", () => {
  test("reads its text anew", async () => {
    const { _id } = await write("milk");
    const changed = await ada.json("PATCH", `${list}/${_id}`, {
      text: "2 l oat milk",
      was: { text: "milk" },
    });
    expect(changed).toMatchObject({ text: "2 l oat milk", quantity: 2, unit: "l", name: "oat milk" });
  });

  test("of what somebody else has changed since is refused, with the line as it is", async () => {
    const { _id } = await write("milk");
    const theirs = await grace.json("PATCH", `${list}/${_id}`, { text: "oat milk" });
    const patch = { text: "soy milk", done: true, was: { text: "milk", done: false } };
    const refusal = await expectProblem(
      await ada.request("PATCH", `${list}/${_id}`, patch),
      "changed-meanwhile",
    );
    expect(refusal.current).toEqual(theirs);
    expect(await storedLines()).toMatchObject([{ text: "oat milk", done: false }]);
  });

  test("of a line that was deleted meanwhile is not found, and brings nothing back", async () => {
    const { _id } = await write("milk");
    await ada.json("DELETE", `${list}/${_id}`);
    await expectProblem(await grace.request("PATCH", `${list}/${_id}`, { done: true }), "not-found");
    await expectProblem(await grace.request("DELETE", `${list}/${_id}`), "not-found");
    expect(await storedLines()).toEqual([]);
  });

  test("that deletes it is done once, and said to be done each time its key is sent", async () => {
    const { _id } = await write("milk");
    const again = sendKeyed("DELETE", `${list}/${_id}`);
    expect([(await again()).status, (await again()).status]).toEqual([204, 204]);
  });

  test("of its aisle is remembered for what is named so", async () => {
    const { _id } = await write("5 tomatoes");
    await ada.json("PATCH", `${list}/${_id}`, { aisle: "By the door" });
    expect(await write("1 tomato")).toMatchObject({ aisle: "By the door" });
    expect(await write("a tin of chopped tomatoes")).toMatchObject({ aisle: "Tins and jars" });
  });
});

test("a household has the aisles of its shop in its order and its staples, and every member changes them", async () => {
  const path = `/api/households/${home.household._id}`;
  const aisles = ["Bakery", "Fruit and veg"];
  expect(await grace.json("PATCH", path, { aisles, was: { aisles: [] } })).toMatchObject({ aisles });
  expect(await grace.json("PATCH", path, { staples: ["salt"] })).toMatchObject({ aisles, staples: ["salt"] });
  await expectProblem(
    await ada.request("PATCH", path, { aisles: [], was: { aisles: [] } }),
    "changed-meanwhile",
  );
  await expectProblem(await grace.request("PATCH", path, { name: "Mine", staples: [] }), "forbidden");
  expect(await ada.json("GET", path)).toMatchObject({ staples: ["salt"] });
});

test("a list takes so many lines, however many are written at a time, and not one more", async () => {
  const householdId = new ObjectId(home.household._id);
  const some = Array.from({ length: QUOTAS.linesOfHousehold - 2 }, () => ({ householdId, text: "milk" }));
  await database.db.collection("lists").insertMany(some);
  const answers = await Promise.all(
    ["a", "b", "c", "d", "e"].map((text) => ada.request("POST", list, { text })),
  );
  const refused = answers.filter(({ status }) => status === 422);
  for (const answer of refused) await expectProblem(answer, "limit-reached");
  expect(refused.length).toBeGreaterThanOrEqual(3);
  expect(await storedLines()).toHaveLength(QUOTAS.linesOfHousehold - refused.length + 3);
});

test("whoever is no member has no list, neither by the API nor by its stream", async () => {
  const { _id } = await write("milk");
  const eve = await register(stack.url, "Eve");
  await expectProblem(await eve.request("POST", list, { text: "x" }), "not-found");
  await expectProblem(await eve.request("PATCH", `${list}/${_id}`, { done: true }), "not-found");
  await expectProblem(await eve.request("DELETE", `${list}/${_id}`), "not-found");
  const url = `${stack.url}/api/streams/lists/${home.household._id}`;
  const reader = await StreamReader.open(url, { headers: { cookie: eve.cookie } });
  expect(reader.response.ok).toBe(false);
  const other = await makeHome(stack.url, "Mallory");
  const theirs = `/api/households/${other.household._id}/list/${_id}`;
  await expectProblem(await other.owner.request("PATCH", theirs, { done: true }), "not-found");
});

test("a share link of a plan opens no list", async () => {
  const path = `/api/mealplans/${home.plan._id}/shares`;
  const { token } = await ada.json<{ token: string }>("POST", path, {});
  const url = `${stack.url}/api/streams/lists/${home.household._id}?share=${token}`;
  const reader = await StreamReader.open(url);
  expect(reader.response.ok).toBe(false);
});

test("what somebody typed into the collection is read as far as it makes sense, and can be ticked", async () => {
  const householdId = new ObjectId(home.household._id);
  const odd = { householdId, quantity: "two", dishes: [1, "Soup"], done: "yes", aisle: null };
  const { insertedId } = await database.db.collection("lists").insertOne(odd);
  const line = await ada.json<ShoppingLine>("PATCH", `${list}/${insertedId}`, {
    done: true,
    was: { done: false },
  });
  expect(line).toMatchObject({
    text: "",
    quantity: null,
    unit: "",
    name: "",
    aisle: "",
    dishes: ["", "Soup"],
  });
  expect(line.done).toBe(true);
});

test("a list goes with its household, and is in what its members download", async () => {
  const other = await makeHome(stack.url, "Zoe");
  const path = `/api/households/${other.household._id}`;
  const line = await other.owner.json<ShoppingLine>("POST", `${path}/list`, { text: "2 l milk" });
  const download = await other.owner.json<{ shoppingLines: unknown }>("GET", "/api/users/me/export");
  expect(download.shoppingLines).toEqual([line]);
  await other.owner.json("DELETE", path);
  expect(await storedLines()).toEqual([]);
});
