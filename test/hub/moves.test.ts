import { ObjectId } from "bson";
import type { ChangeStreamDocument, Collection } from "mongodb";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { ChangeTap } from "../support/ChangeTap.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { heldField } from "../support/heldItems.ts";
import { publish } from "../support/hook.ts";
import type { Stack } from "../support/stack.ts";
import { untilClients } from "../support/status.ts";
import type { StreamReader } from "../support/streamReader.ts";
import { lastIdOf, openTopic, readTopic, startStreamsStack } from "../support/streamsStack.ts";

interface Card {
  readonly _id: ObjectId | string;
  readonly board: string;
  readonly text: string;
  readonly archived?: boolean;
}

let stack: Stack;
let view: DatabaseView;
let cards: Collection<Card>;
let tap: ChangeTap;
/** Each test has boards of its own. */
let left: string;
let right: string;
let boards = 0;

beforeAll(async () => {
  stack = await startStreamsStack({ HEARTBEAT_SECONDS: "0.5" });
  view = new DatabaseView(stack.mongoUri);
  cards = view.db.collection("cards");
  tap = await ChangeTap.open(view.db);
});
afterAll(async () => {
  await tap.close();
  await view.close();
  await stack.stop();
});
beforeEach(async () => {
  await tap.skip();
  boards++;
  [left, right] = [`left ${boards}`, `right ${boards}`];
});

function card(board: string, text: string): Card {
  return { _id: new ObjectId(), board, text };
}

function openBoard(board: string, headers: Record<string, string> = {}): Promise<StreamReader> {
  return openTopic(stack, `cards/${encodeURIComponent(board)}`, headers);
}

function textsOf({ events }: Pick<StreamReader, "events">): string {
  return heldField(events, "text").join();
}

async function expectBoards(readers: readonly StreamReader[], texts: readonly string[]): Promise<void> {
  await expect.poll(() => readers.map(textsOf)).toEqual(texts);
}

test("a card that was only ever read from the database is removed by an event that names nothing but its _id", async () => {
  const [one, other] = [card(left, "one"), card(right, "other")];
  await cards.insertMany([one, other]);
  const readers = [await openBoard(left), await openBoard(right)];
  await tap.skip();
  await cards.deleteOne({ _id: one._id });
  expect(await publish(stack.url, await tap.take(1))).toEqual(["published"]);
  await expectBoards(readers, ["", "other"]);
  expect(readers[0]?.named("removed").map(({ data }) => data)).toEqual([`{"_id":"${String(one._id)}"}`]);
  expect(readers[1]?.named("removed")).toHaveLength(0);
});

/** A card is changed, goes to the other board, and is changed there: three events. */
async function moved(): Promise<ChangeStreamDocument[]> {
  const one = card(left, "one");
  await cards.insertOne(one);
  await tap.skip();
  const events: ChangeStreamDocument[] = [];
  for (const fields of [{ text: "changed" }, { board: right }, { text: "changed there" }]) {
    await cards.updateOne({ _id: one._id }, { $set: fields });
    events.push(...(await tap.take(1)));
  }
  return events;
}

const ORDERS: readonly (readonly [
  string,
  (events: readonly ChangeStreamDocument[]) => ChangeStreamDocument[],
])[] = [
  ["in order", (events) => [...events]],
  ["reversed", (events) => events.toReversed()],
  ["repeated", (events) => events.flatMap((event) => [event, event, event])],
  ["reversed and then again in order", (events) => [...events.toReversed(), ...events]],
  ["with the move lost", (events) => [0, 2].flatMap((index) => events[index] ?? [])],
];

test.for(ORDERS)(
  "a card that goes to another board leaves the old one and comes to the new one when its events come %s",
  async ([, order]) => {
    const staying = [card(left, "stays"), card(right, "was here")];
    await cards.insertMany(staying);
    const one = card(left, "one");
    await cards.insertOne(one);
    const readers = [await openBoard(left), await openBoard(right)];
    expect(readers.map(textsOf)).toEqual(["one,stays", "was here"]);
    await tap.skip();
    const events: ChangeStreamDocument[] = [];
    for (const fields of [{ text: "changed" }, { board: right }, { text: "changed there" }]) {
      await cards.updateOne({ _id: one._id }, { $set: fields });
      events.push(...(await tap.take(1)));
    }
    for (const event of order(events)) await publish(stack.url, [event]);
    await expectBoards(readers, ["stays", "changed there,was here"]);
    expect(readers[0]?.named("removed")).toHaveLength(1);
    expect(readers[1]?.named("removed")).toHaveLength(0);
  },
);

test("all events of a move in one post, reversed or not, end the same", async () => {
  for (const order of [ORDERS[0], ORDERS[1]]) {
    const readers = [await openBoard(left), await openBoard(right)];
    const before = readers.map(textsOf);
    const events = await moved();
    await publish(stack.url, order?.[1](events) ?? []);
    await expectBoards(readers, [before[0] ?? "", [before[1], "changed there"].filter(Boolean).join()]);
    for (const reader of readers) reader.close();
  }
});

test("a card that goes away and comes back is where it is in the end, in whatever order that is heard", async () => {
  for (const order of ORDERS.slice(0, 4)) {
    const one = card(left, `one ${order[0]}`);
    await cards.insertOne(one);
    const readers = [await openBoard(left), await openBoard(right)];
    await tap.skip();
    const events: ChangeStreamDocument[] = [];
    for (const board of [right, left]) {
      await cards.updateOne({ _id: one._id }, { $set: { board } });
      events.push(...(await tap.take(1)));
    }
    for (const event of order[1](events)) await publish(stack.url, [event]);
    await expect.poll(() => textsOf(readers[0] ?? { events: [] })).toContain(`one ${order[0]}`);
    await expect.poll(() => textsOf(readers[1] ?? { events: [] })).toBe("");
    for (const reader of readers) reader.close();
  }
});

test("a deletion that comes before the move is still a deletion, on both boards", async () => {
  const one = card(left, "one");
  await cards.insertOne(one);
  const readers = [await openBoard(left), await openBoard(right)];
  await tap.skip();
  await cards.updateOne({ _id: one._id }, { $set: { board: right } });
  const [move] = await tap.take(1);
  await cards.deleteOne({ _id: one._id });
  const [deletion] = await tap.take(1);
  for (const event of [deletion, move, deletion]) await publish(stack.url, event ? [event] : []);
  await expectBoards(readers, ["", ""]);
  const newcomer = await openBoard(right);
  expect(textsOf(newcomer)).toBe("");
});

test("a card that is archived leaves its board, and comes back when it no longer is", async () => {
  const one = card(left, "one");
  await cards.insertOne(one);
  const reader = await openBoard(left);
  await tap.skip();
  await cards.updateOne({ _id: one._id }, { $set: { archived: true } });
  await publish(stack.url, await tap.take(1));
  await expectBoards([reader], [""]);
  await cards.updateOne({ _id: one._id }, { $set: { archived: false } });
  await publish(stack.url, await tap.take(1));
  await expectBoards([reader], ["one"]);
  const answer = await readTopic(stack, `cards/${encodeURIComponent(left)}`);
  expect(JSON.stringify(await answer.json())).toContain('"one"');
});

test("who was away while a card left hears of it, also when nobody else watched", async () => {
  const [one, stays] = [card(left, "one"), card(left, "stays")];
  await cards.insertMany([one, stays]);
  const before = await openBoard(left);
  before.close();
  await cards.updateOne({ _id: one._id }, { $set: { board: right } });
  await publish(stack.url, await tap.take(3));
  const after = await openBoard(left, { "last-event-id": lastIdOf(before) });
  expect(textsOf({ events: [...before.events, ...after.events] })).toBe("stays");
});

test("a card of whose coming no event told, but the database's history, leaves when an event tells of that", async () => {
  const one = card(left, "one");
  await cards.insertOne(one);
  (await openBoard(right)).close();
  await untilClients(stack.url, 0);
  await tap.skip();
  await cards.updateOne({ _id: one._id }, { $set: { text: "changed" } });
  await publish(stack.url, await tap.take(1));
  await cards.updateOne({ _id: one._id }, { $set: { board: right } });
  // The history shows the change before the move with the card as it is after it.
  const reader = await openBoard(right);
  expect(textsOf(reader)).toBe("changed");
  await tap.skip();
  await cards.updateOne({ _id: one._id }, { $set: { board: left } });
  await publish(stack.url, await tap.take(1));
  await expectBoards([reader], [""]);
});

test("a card whose _id is the digits of another's id as text never stands for that one", async () => {
  const one = card(left, "one");
  await cards.insertOne(one);
  const reader = await openBoard(left);
  await tap.skip();
  const impostor = { _id: String(one._id), board: left, text: "impostor" };
  await cards.insertOne(impostor);
  await cards.updateOne({ _id: impostor._id }, { $set: { text: "still" } });
  await cards.deleteOne({ _id: impostor._id });
  expect(await publish(stack.url, await tap.take(3))).toEqual(["ignored", "ignored", "ignored"]);
  await reader.untilEvent("ping", reader.named("ping").length + 1);
  expect(textsOf(reader)).toBe("one");
  expect(reader.named("message")).toHaveLength(1);
});

test("a page whose _id is the digits of another's id as text does not take over its topic", async () => {
  const pages = view.db.collection<{ _id: ObjectId | string; text: string }>("pages");
  const id = new ObjectId();
  await pages.insertMany([
    { _id: id, text: "the page" },
    { _id: id.toHexString(), text: "impostor" },
  ]);
  const reader = await openTopic(stack, `pages/${id.toHexString()}`);
  expect(textsOf(reader)).toBe("the page");
  await tap.skip();
  await pages.updateOne({ _id: id.toHexString() }, { $set: { text: "impostor again" } });
  await pages.deleteOne({ _id: id.toHexString() });
  expect(await publish(stack.url, await tap.take(2))).toEqual(["ignored", "ignored"]);
  await pages.updateOne({ _id: id }, { $set: { text: "the page again" } });
  await publish(stack.url, await tap.take(1));
  await expect.poll(() => textsOf(reader)).toBe("the page again");
});
