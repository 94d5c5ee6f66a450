import { ObjectId } from "bson";
import type { Collection } from "mongodb";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";

import { CommandCounter } from "../../bench/measure/CommandCounter.ts";
import { startServer } from "../../local-atlas/server.ts";
import { ChangeTap } from "../support/ChangeTap.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { heldField } from "../support/heldItems.ts";
import { publish } from "../support/hook.ts";
import type { Stack } from "../support/stack.ts";
import { statusOf } from "../support/status.ts";
import type { StreamReader } from "../support/streamReader.ts";
import { lastIdOf, openTopic, startStreamsStack } from "../support/streamsStack.ts";

interface Card {
  readonly _id: ObjectId;
  readonly board: string;
  readonly text: string;
}

let database: Awaited<ReturnType<typeof startServer>>;
let counter: CommandCounter;
let stack: Stack;
let view: DatabaseView;
let cards: Collection<Card>;
let board: string;
let other: string;
let boards = 0;

beforeAll(async () => {
  database = await startServer({ port: 0, dataDir: null });
  counter = await CommandCounter.start(database.port);
  stack = await startStreamsStack(
    { HEARTBEAT_SECONDS: "0.5", RECONCILE_SECONDS: "1.5" },
    counter.uri("mealcast"),
  );
  view = new DatabaseView(`mongodb://127.0.0.1:${database.port}/mealcast?replicaSet=rs0`);
  cards = view.db.collection("cards");
});
afterAll(async () => {
  await view.close();
  await stack.stop();
  await counter.stop();
  await database.close();
});
beforeEach(() => {
  boards++;
  [board, other] = [`board${boards}`, `other${boards}`];
});

function card(on: string, text: string): Card {
  return { _id: new ObjectId(), board: on, text };
}

function open(on: string, headers: Record<string, string> = {}): Promise<StreamReader> {
  return openTopic(stack, `cards/${on}`, headers);
}

function textsOf({ events }: Pick<StreamReader, "events">): string {
  return heldField(events, "text").join();
}

test("an insert, a change, a deletion and a move that nobody was told of are shown within a reconcile period", async () => {
  const [kept, gone, moves] = [card(board, "kept"), card(board, "gone"), card(board, "moves")];
  await cards.insertMany([kept, gone, moves]);
  const readers = [await open(board), await open(other)];
  await cards.insertOne(card(board, "new"));
  await cards.updateOne({ _id: kept._id }, { $set: { text: "changed" } });
  await cards.deleteOne({ _id: gone._id });
  await cards.updateOne({ _id: moves._id }, { $set: { board: other } });
  await expect.poll(() => readers.map(textsOf)).toEqual(["changed,new", "moves"]);
  for (const reader of readers) expect(reader.named("reset")).toHaveLength(0);
  expect(readers[0]?.named("removed")).toHaveLength(2);
  await expect
    .poll(async () => (await statusOf(stack.url)).counters["healed"] ?? 0)
    .toBeGreaterThanOrEqual(5);
});

test("what a reconcile has found is known well enough for an event that names only its _id to remove it", async () => {
  const reader = await open(board);
  const one = card(board, "one");
  await cards.insertOne(one);
  await reader.until(() => textsOf(reader) === "one", "the card");
  const tap = await ChangeTap.open(view.db);
  onTestFinished(() => tap.close());
  await cards.deleteOne({ _id: one._id });
  expect(["published", "repeat"]).toContain((await publish(stack.url, await tap.take(1)))[0]);
  await reader.until(() => textsOf(reader) === "", "its end");
  expect(reader.named("removed")).toHaveLength(1);
});

test("a reconcile of a topic that has not changed reads none of its items, however many there are", async () => {
  const many = Array.from({ length: 500 }, (_, index) => card(board, `card ${index}`));
  await cards.insertMany(many);
  const reader = await open(board);
  expect(reader.named("message")).toHaveLength(500);
  counter.reset();
  await expect.poll(() => counter.count("$changeStream"), { timeout: 30_000 }).toBeGreaterThanOrEqual(3);
  expect(counter.count("find")).toBe(0);
  // Somebody else's items are not read either.
  await cards.insertMany(Array.from({ length: 50 }, (_, index) => card(other, `card ${index}`)));
  const seen = counter.count("$changeStream");
  await expect.poll(() => counter.count("$changeStream"), { timeout: 30_000 }).toBeGreaterThan(seen + 1);
  expect(counter.count("find")).toBe(0);
  expect(reader.named("message")).toHaveLength(500);
});

/** What servers say of a place in their history that is no longer there, or that can't be followed from. */
const LOST_CODES = [136, 222, 260, 280, 286];

test.for(LOST_CODES)(
  "when the history is lost, as error %d says, everything is compared, and every page ends with what is there",
  async (errorCode) => {
    const [kept, gone, moves] = [card(board, "kept"), card(board, "gone"), card(board, "moves")];
    await cards.insertMany([kept, gone, moves]);
    const readers = [await open(board), await open(other)];
    const fail = (mode: string) =>
      view.db.admin().command({
        configureFailPoint: "failCommand",
        mode,
        ...(mode !== "off" && {
          data: { failCommands: ["aggregate"], namespace: "mealcast.cards", errorCode },
        }),
      });
    onTestFinished(() => void fail("off"));
    await fail("alwaysOn");
    await cards.deleteOne({ _id: gone._id });
    await cards.updateOne({ _id: moves._id }, { $set: { board: other } });
    await cards.updateOne({ _id: kept._id }, { $set: { text: "changed" } });
    await expect.poll(() => readers.map(textsOf)).toEqual(["changed", "moves"]);
    for (const reader of readers) expect(reader.named("reset")).toHaveLength(0);
    expect(readers[0]?.named("removed")).toHaveLength(2);
    await fail("off");
  },
);

test("a cluster that was restored to an earlier time is a new epoch: everybody is reset to what it holds", async () => {
  await cards.insertMany([card(board, "stored"), card(board, "stored too")]);
  const reader = await open(board);
  const before = lastIdOf(reader);
  const ahead = Math.floor(Date.now() / 1000) + 3600;
  const hex = `${ahead.toString(16)}00000001`;
  const ghost = card(board, "from another cluster");
  const event = {
    _id: { _data: `82${hex}2B0429296E1404` },
    operationType: "insert",
    ns: { db: "mealcast", coll: "cards" },
    documentKey: { _id: ghost._id },
    fullDocument: ghost,
  };
  expect(await publish(stack.url, [event])).toEqual(["published"]);
  await reader.untilEvent("message", 2);
  const reset = await reader.untilEvent("reset");
  expect(JSON.parse(reset.data)).toEqual({ reason: "new-epoch" });
  await reader.until(() => textsOf(reader) === "stored,stored too", "what is stored");
  expect(lastIdOf(reader).split("-")[0]).not.toBe(before.split("-")[0]);
  const again = await open(board, { "last-event-id": before });
  expect(again.events[0]).toMatchObject({ event: "reset", data: '{"reason":"unknown-epoch"}' });
});

test("a transaction that deletes a card and makes it again, of which nobody was told, is shown as it ended", async () => {
  const one = card(board, "one");
  await cards.insertOne(one);
  const reader = await open(board);
  await view.transact(async (session) => {
    await cards.deleteOne({ _id: one._id }, { session });
    await cards.insertOne({ ...one, text: "made again" }, { session });
  });
  await reader.until(() => textsOf(reader) === "made again", "it");
  const tap = await ChangeTap.open(view.db);
  onTestFinished(() => tap.close());
  await view.transact(async (session) => {
    await cards.deleteOne({ _id: one._id }, { session });
    await cards.insertOne({ ...one, text: "and again" }, { session });
  });
  const [deletion] = await tap.take(1);
  // Of the two only the first is told.
  await publish(stack.url, deletion ? [deletion] : []);
  await reader.until(() => textsOf(reader) === "and again", "it");
});
