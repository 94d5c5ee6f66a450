import { ObjectId } from "bson";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { ChangeTap } from "../support/ChangeTap.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { heldField } from "../support/heldItems.ts";
import { publish } from "../support/hook.ts";
import { join, makeHome, register, type Home, type Person } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { startStack, type Stack } from "../support/stack.ts";
import type { StreamReader } from "../support/streamReader.ts";
import { lastIdOf, openTopic, readTopic } from "../support/streamsStack.ts";

let stack: Stack;
let view: DatabaseView;
let tap: ChangeTap;
let home: Home;
let stranger: Person;

beforeAll(async () => {
  stack = await startStack({ vars: { HEARTBEAT_SECONDS: "0.5" } });
  view = new DatabaseView(stack.mongoUri);
  tap = await ChangeTap.open(view.db);
  stranger = await register(stack.url, "Sam");
});
afterAll(async () => {
  await tap.close();
  await view.close();
  await stack.stop();
});
beforeEach(async () => {
  home = await makeHome(stack.url);
});

function openAs(person: Person, topic: string, headers: Record<string, string> = {}): Promise<StreamReader> {
  return openTopic(stack, topic, { cookie: person.cookie, ...headers });
}

function cookbook(): string {
  return `recipes/${home.household._id}`;
}

async function addRecipe(title: string): Promise<void> {
  const recipe = {
    householdId: home.household._id,
    title,
    servings: 2,
    ingredients: [],
    steps: [],
    tags: [],
  };
  await home.owner.json("POST", "/api/recipes", { ...recipe, image: null, source: null });
}

function idOf(person: Person): ObjectId {
  return new ObjectId(person.user._id);
}

function textsOf({ events }: Pick<StreamReader, "events">, field: string): string {
  return heldField(events, field).join();
}

test("a household's members follow its cookbook, and a change of theirs is there at once", async () => {
  const jane = await join(home, "Jane");
  const readers = [await openAs(home.owner, cookbook()), await openAs(jane, cookbook())];
  await addRecipe("Soup");
  await Promise.all(readers.map((reader) => reader.untilEvent("message")));
  expect(readers.map((reader) => textsOf(reader, "title"))).toEqual(["Soup", "Soup"]);
});

test("a stranger and whoever is signed out get nothing of a cookbook, watched or not", async () => {
  for (const isWatched of [false, true]) {
    if (isWatched) await openAs(home.owner, cookbook());
    await expectProblem(await stranger.request("GET", `/api/streams/${cookbook()}`), "not-found");
    const content = await readTopic(stack, cookbook(), { cookie: stranger.cookie });
    await expectProblem(content, "not-found");
    await expectProblem(await fetch(`${stack.url}/api/streams/${cookbook()}`), "signed-out");
  }
});

test("who is taken out of the household in the app loses the cookbook at once, and is refused when coming back", async () => {
  const jane = await join(home, "Jane");
  const [mine, hers] = [await openAs(home.owner, cookbook()), await openAs(jane, cookbook())];
  await home.owner.json("DELETE", `/api/households/${home.household._id}/members/${jane.user._id}`);
  const revoked = await hers.untilEvent("revoked");
  expect(JSON.parse(revoked.data)).toEqual({ reason: "no-longer-a-member" });
  await hers.untilEnded();
  await addRecipe("Secret soup");
  await mine.untilEvent("message");
  expect(JSON.stringify(hers.events)).not.toContain("Secret");
  const [epoch] = lastIdOf(mine).split("-");
  const again = await openAs(jane, cookbook(), { "last-event-id": `${epoch}-0` });
  expect(again.response.status).toBe(403);
});

test("who joins in the app, or is entered in the database, opens a watched cookbook at once", async () => {
  await addRecipe("Soup");
  await openAs(home.owner, cookbook());
  const jane = await join(home, "Jane");
  expect(textsOf(await openAs(jane, cookbook()), "title")).toBe("Soup");
  const member = { userId: idOf(stranger), name: "Sam", role: "member" };
  const id = new ObjectId(home.household._id);
  // Nobody has told the hub of this.
  await view.db.collection("households").updateOne({ _id: id }, { $push: { members: member } as never });
  expect(textsOf(await openAs(stranger, cookbook()), "title")).toBe("Soup");
});

test("who is taken out of the household in the database loses the open cookbook as soon as an event tells of it", async () => {
  const jane = await join(home, "Jane");
  const [mine, hers] = [await openAs(home.owner, cookbook()), await openAs(jane, cookbook())];
  const id = new ObjectId(home.household._id);
  const households = view.db.collection("households");
  await tap.skip();
  await households.updateOne({ _id: id }, { $pull: { members: { userId: idOf(jane) } } as never });
  await publish(stack.url, await tap.take(1));
  await hers.untilEvent("revoked");
  expect(mine.ended).toBe(false);
  await households.deleteOne({ _id: id });
  await publish(stack.url, await tap.take(1));
  await mine.untilEvent("revoked");
});

test("events of a household that come late or twice give nobody back what was taken", async () => {
  const jane = await join(home, "Jane");
  const hers = await openAs(jane, cookbook());
  const id = new ObjectId(home.household._id);
  const households = view.db.collection("households");
  await tap.skip();
  await households.updateOne({ _id: id }, { $set: { name: "before" } });
  const before = await tap.take(1);
  await households.updateOne({ _id: id }, { $pull: { members: { userId: idOf(jane) } } as never });
  const after = await tap.take(1);
  for (const events of [after, before, after]) await publish(stack.url, events);
  await hers.untilEvent("revoked");
  await expectProblem(await jane.request("GET", `/api/streams/${cookbook()}`), "not-found");
});

test("a household is followed by its members, without what is none of their business", async () => {
  const reader = await openAs(home.owner, `households/${home.household._id}`);
  await home.owner.json("PATCH", `/api/households/${home.household._id}`, { name: "A new name" });
  await reader.until(() => textsOf(reader, "name") === "A new name", "the name");
  expect(JSON.stringify(reader.events)).not.toContain("plansMade");
  await expectProblem(
    await stranger.request("GET", `/api/streams/households/${home.household._id}`),
    "not-found",
  );
});
