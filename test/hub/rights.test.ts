import { ObjectId } from "bson";
import type { Collection } from "mongodb";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { ChangeTap } from "../support/ChangeTap.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { heldField, heldHash } from "../support/heldItems.ts";
import { publish } from "../support/hook.ts";
import { join, makeHome, register, type Home, type Person } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import type { Stack } from "../support/stack.ts";
import { untilClients } from "../support/status.ts";
import type { StreamReader } from "../support/streamReader.ts";
import { lastIdOf, openTopic, readTopic, startStreamsStack } from "../support/streamsStack.ts";

interface Letter {
  readonly _id: ObjectId;
  readonly text: string;
  readonly readers: readonly ObjectId[];
  readonly remark: string;
}

let stack: Stack;
let view: DatabaseView;
let letters: Collection<Letter>;
let tap: ChangeTap;
let home: Home;
let stranger: Person;

beforeAll(async () => {
  stack = await startStreamsStack({
    HEARTBEAT_SECONDS: "0.5",
    ALLOWED_ORIGINS: "https://wall.example",
  });
  view = new DatabaseView(stack.mongoUri);
  letters = view.db.collection("letters");
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
  await letters.deleteMany({});
  await tap.skip();
  await untilClients(stack.url, 0);
});

function openAs(person: Person, topic: string, headers: Record<string, string> = {}): Promise<StreamReader> {
  return openTopic(stack, topic, { cookie: person.cookie, ...headers });
}

function idOf(person: Person): ObjectId {
  return new ObjectId(person.user._id);
}

function letter(text: string, ...readers: readonly Person[]): Letter {
  return { _id: new ObjectId(), text, readers: readers.map(idOf), remark: `about ${text}` };
}

function textsOf({ events }: Pick<StreamReader, "events">, field = "text"): string {
  return heldField(events, field).join();
}

async function changeLetter({ _id }: Letter, fields: Partial<Letter>): Promise<void> {
  await letters.updateOne({ _id }, { $set: fields });
  await publish(stack.url, await tap.take(1));
}

async function expectAgreement(reader: StreamReader): Promise<void> {
  const { data } = await reader.untilEvent("ping", reader.named("ping").length);
  expect((JSON.parse(data) as { hash: string }).hash).toBe(heldHash(reader.events));
}

test("of a topic of many items each reader gets the items that are his, and a heartbeat that agrees", async () => {
  const jane = await join(home, "Jane");
  await letters.insertMany([
    letter("to Ada", home.owner),
    letter("to both", home.owner, jane),
    letter("to nobody"),
  ]);
  const readers = [
    await openAs(home.owner, "letters"),
    await openAs(jane, "letters"),
    await openAs(stranger, "letters"),
  ];
  expect(readers.map((reader) => textsOf(reader))).toEqual(["to Ada,to both", "to both", ""]);
  for (const reader of readers) await expectAgreement(reader);
  for (const { data } of readers.flatMap((reader) => reader.named("message"))) {
    expect(data).not.toMatch(/remark|readers/);
  }
  const { items } = (await (await readTopic(stack, "letters", { cookie: jane.cookie })).json()) as {
    items: Letter[];
  };
  expect(items.map(({ text }) => text)).toEqual(["to both"]);
});

test("a letter that one may read from now on is a message, one that one may no longer read is removed", async () => {
  const jane = await join(home, "Jane");
  const one = letter("one", home.owner);
  await letters.insertOne(one);
  const [mine, hers] = [await openAs(home.owner, "letters"), await openAs(jane, "letters")];
  await tap.skip();
  await changeLetter(one, { readers: [home.owner, jane].map(idOf) });
  await hers.until(() => textsOf(hers) === "one", "the letter");
  await changeLetter(one, { readers: [idOf(jane)] });
  await mine.until(() => textsOf(mine) === "", "it to be gone");
  await changeLetter(one, { text: "between us" });
  await hers.until(() => textsOf(hers) === "between us", "the change");
  await Promise.all([expectAgreement(mine), expectAgreement(hers)]);
  expect(mine.named("removed")).toHaveLength(1);
  expect(JSON.stringify(mine.events)).not.toContain("between us");
  // Rights that changed alone are told to nobody who keeps them.
  expect(hers.named("message")).toHaveLength(2);
  await letters.deleteOne({ _id: one._id });
  await publish(stack.url, await tap.take(1));
  await hers.until(() => textsOf(hers) === "", "its end");
  expect(mine.named("removed")).toHaveLength(1);
});

test("who was away while a letter changed, and then only its readers did, gets it as it is", async () => {
  const jane = await join(home, "Jane");
  const [one, other] = [letter("one", home.owner), letter("other", home.owner)];
  await letters.insertMany([one, other]);
  const before = await openAs(home.owner, "letters");
  before.close();
  await tap.skip();
  await changeLetter(one, { text: "one changed" });
  await changeLetter(other, { text: "other changed" });
  await changeLetter(one, { readers: [home.owner, jane].map(idOf) });
  const after = await openAs(home.owner, "letters", { "last-event-id": lastIdOf(before) });
  expect(textsOf({ events: [...before.events, ...after.events] })).toBe("one changed,other changed");
});

test("who was away while a letter stopped being his hears that it is gone", async () => {
  const jane = await join(home, "Jane");
  const [one, other] = [letter("one", home.owner), letter("other", home.owner)];
  await letters.insertMany([one, other]);
  const before = await openAs(home.owner, "letters");
  before.close();
  await tap.skip();
  await changeLetter(one, { readers: [idOf(jane)] });
  await changeLetter(other, { text: "other changed" });
  await changeLetter(one, { text: "never his" });
  const after = await openAs(home.owner, "letters", { "last-event-id": lastIdOf(before) });
  expect(textsOf({ events: [...before.events, ...after.events] })).toBe("other changed");
  expect(JSON.stringify(after.events)).not.toContain("never his");
});

test("an editor beside a member: each gets the view that is his, as events, as JSON and on a socket", async () => {
  const editor = await register(stack.url, "Eve");
  await view.db
    .collection("users")
    .updateOne({ _id: idOf(editor) }, { $set: { roles: ["editor"] } as never });
  const one = letter("one", home.owner, editor);
  await letters.insertMany([one, letter("to nobody")]);
  const [mine, hers] = [await openAs(home.owner, "letters"), await openAs(editor, "letters")];
  expect(textsOf(mine)).toBe("one");
  expect(textsOf(hers)).toBe("one,to nobody");
  await tap.skip();
  await changeLetter(one, { remark: "only for her" });
  await hers.until(() => textsOf(hers, "remark") === "about to nobody,only for her", "the remark");
  await Promise.all([expectAgreement(mine), expectAgreement(hers)]);
  expect(JSON.stringify(mine.events)).not.toMatch(/remark|only for her/);
  const content = await readTopic(stack, "letters", { cookie: home.owner.cookie });
  expect(await content.text()).not.toContain("remark");
});

test("for whoever is signed in means nobody else, and the end of the session ends every stream of it", async () => {
  await expectProblem(await fetch(`${stack.url}/api/streams/room`), "signed-out");
  const jane = await join(home, "Jane");
  const topics = ["room", "letters", `recipes/${home.household._id}`, `households/${home.household._id}`];
  const readers = await Promise.all(topics.map((topic) => openAs(jane, topic)));
  const mine = await openAs(home.owner, "room");
  await jane.json("POST", "/api/users/logout");
  for (const reader of readers) {
    const { data } = await reader.untilEvent("reauth");
    expect(JSON.parse(data)).toEqual({ reason: "signed-out" });
    await reader.untilEnded();
  }
  expect(mine.ended).toBe(false);
  expect((await openAs(jane, "room")).response.status).toBe(401);
});

test("pages of allowed origins may read what is for anyone, without credentials; others, and all else, may not", async () => {
  const ask = (topic: string, origin: string, headers: Record<string, string> = {}) =>
    fetch(`${stack.url}/api/streams/${topic}`, {
      headers: { origin, accept: "application/json", ...headers },
    });
  const allowed = await ask("notes", "https://wall.example");
  expect(allowed.status).toBe(200);
  expect(allowed.headers.get("access-control-allow-origin")).toBe("https://wall.example");
  expect(allowed.headers.get("access-control-allow-credentials")).toBeNull();
  await expectProblem(await ask("notes", "https://evil.example"), "foreign-origin");
  const { cookie } = home.owner;
  await expectProblem(await ask("room", "https://wall.example", { cookie }), "foreign-origin");
  await expectProblem(
    await ask(`recipes/${home.household._id}`, "https://wall.example", { cookie }),
    "foreign-origin",
  );
  const insert = await fetch(`${stack.url}/api/streams/notes`, {
    method: "POST",
    headers: { origin: "https://wall.example", "content-type": "application/json" },
    body: JSON.stringify({ text: "from the wall", tags: [] }),
  });
  await expectProblem(insert, "foreign-origin");
});
