import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";

import { note, NotesTopic, textsOf } from "../support/NotesTopic.ts";
import { SocketStream } from "../support/SocketStream.ts";
import { publish } from "../support/hook.ts";
import { type ReceivedEvent, type StreamReader } from "../support/streamReader.ts";

let topic: NotesTopic;

beforeAll(async () => {
  topic = await NotesTopic.start();
});
afterAll(() => topic.stop());
beforeEach(() => topic.empty());

function untilTexts(reader: StreamReader, ...texts: string[]): Promise<void> {
  return reader.until(() => textsOf(reader).join() === texts.join(), `to hold ${texts.join()}`);
}

function itemsIn(events: readonly ReceivedEvent[]): readonly ReceivedEvent[] {
  return events.filter(({ id }) => id !== undefined);
}

test("who joins gets a message for each item, each with its own id, and then live", async () => {
  await topic.notes.insertMany([note("a"), note("b"), note("c")]);
  const reader = await topic.open();
  expect(reader.events.slice(0, 4).map(({ event }) => event)).toEqual([
    "message",
    "message",
    "message",
    "live",
  ]);
  expect(new Set(reader.named("message").map(({ id }) => id)).size).toBe(3);
  expect(textsOf(reader)).toEqual(["a", "b", "c"]);
});

test("an item is shown as MongoDB's own Extended JSON made plain, in the order of its fields", async () => {
  const one = note("a", "x");
  await topic.notes.insertOne(one);
  const reader = await topic.open();
  const { data } = await reader.untilEvent("message");
  expect(data).toBe(JSON.stringify({ ...one, _id: one._id.toHexString() }));
});

test("what is inserted, updated and deleted from outside is told as it happens", async () => {
  const [kept, gone] = [note("kept"), note("gone")];
  await topic.notes.insertMany([kept, gone]);
  const reader = await topic.open();
  await topic.tap.skip();
  await topic.notes.insertOne(note("new"));
  await topic.notes.updateOne({ _id: kept._id }, { $set: { text: "changed" } });
  await topic.notes.deleteOne({ _id: gone._id });
  expect(await topic.tell(3)).toEqual(["published", "published", "published"]);
  await untilTexts(reader, "changed", "new");
  expect(reader.named("removed").map(({ data }) => JSON.parse(data))).toEqual([
    { _id: gone._id.toHexString() },
  ]);
});

test("a topic without items is live at once, and its first item is told", async () => {
  const reader = await topic.open();
  expect(reader.events.map(({ event }) => event)).toEqual(["live"]);
  await topic.notes.insertOne(note("first"));
  await topic.tell(1);
  await untilTexts(reader, "first");
});

test("a WebSocket carries the same events with the same ids as server-sent events", async () => {
  await topic.notes.insertMany([note("a"), note("b")]);
  const reader = await topic.open();
  const socket = await SocketStream.open(`${topic.stack.url}/api/streams/notes`, "");
  onTestFinished(() => socket.close());
  await topic.tap.skip();
  await topic.notes.insertOne(note("c"));
  await topic.notes.deleteOne({ text: "a" });
  await topic.tell(2);
  await untilTexts(reader, "b", "c");
  await socket.until(() => textsOf(socket).join() === "b,c", "the same");
  expect(itemsIn(socket.events)).toEqual(itemsIn(reader.events));
});

test("an event of an item that changed nothing, or is old, is no news to anybody", async () => {
  const one = note("one");
  await topic.notes.insertOne(one);
  const inserted = await topic.tap.take(1);
  const reader = await topic.open();
  await topic.notes.updateOne({ _id: one._id }, { $set: { text: "two" } });
  const updated = await topic.tap.take(1);
  expect(await publish(topic.stack.url, updated)).toEqual(["published"]);
  expect(await publish(topic.stack.url, [...updated, ...inserted])).toEqual(["repeat", "stale"]);
  await untilTexts(reader, "two");
  await reader.untilEvent("ping", reader.named("ping").length + 1);
  expect(reader.named("message")).toHaveLength(2);
});
