import { ObjectId } from "bson";
import type { Collection } from "mongodb";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";

import { ChangeTap } from "../support/ChangeTap.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { heldField, heldHash } from "../support/heldItems.ts";
import { publish } from "../support/hook.ts";
import { PausableStream } from "../support/PausableStream.ts";
import { register } from "../support/people.ts";
import { SocketStream } from "../support/SocketStream.ts";
import type { Stack } from "../support/stack.ts";
import { untilClients } from "../support/status.ts";
import { StreamReader, type ReceivedEvent } from "../support/streamReader.ts";
import { lastIdOf, openTopic, readTopic, startStreamsStack } from "../support/streamsStack.ts";

interface Note {
  readonly _id: ObjectId;
  readonly text: string;
  readonly tags: readonly string[];
}

let stack: Stack;
let view: DatabaseView;
let notes: Collection<Note>;
let tap: ChangeTap;

beforeAll(async () => {
  stack = await startStreamsStack({ HEARTBEAT_SECONDS: "0.5" });
  view = new DatabaseView(stack.mongoUri);
  notes = view.db.collection("notes");
  tap = await ChangeTap.open(view.db);
});
afterAll(async () => {
  await tap.close();
  await view.close();
  await stack.stop();
});
beforeEach(async () => {
  await notes.deleteMany({});
  await tap.skip();
  // The first who comes then makes the hub look at the database.
  await untilClients(stack.url, 0);
});

function note(text: string, ...tags: string[]): Note {
  return { _id: new ObjectId(), text, tags };
}

function open(query = "", headers: Record<string, string> = {}): Promise<StreamReader> {
  return openTopic(stack, `notes${query}`, headers);
}

/** Posts the next changes of the database to the hook, as the trigger does. */
async function tell(count: number): Promise<string[]> {
  return publish(stack.url, await tap.take(count));
}

function textsOf(reader: { readonly events: readonly ReceivedEvent[] }): unknown[] {
  return heldField(reader.events, "text");
}

function untilTexts(reader: StreamReader, ...texts: string[]): Promise<void> {
  return reader.until(() => textsOf(reader).join() === texts.join(), `to hold ${texts.join()}`);
}

function itemsIn(events: readonly ReceivedEvent[]): readonly ReceivedEvent[] {
  return events.filter(({ id }) => id !== undefined);
}

function contents(headers: Record<string, string> = {}): Promise<Response> {
  return readTopic(stack, "notes", headers);
}

test("who joins gets a message for each item, each with its own id, and then live", async () => {
  await notes.insertMany([note("a"), note("b"), note("c")]);
  const reader = await open();
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
  await notes.insertOne(one);
  const reader = await open();
  const { data } = await reader.untilEvent("message");
  expect(data).toBe(JSON.stringify({ ...one, _id: one._id.toHexString() }));
});

test("what is inserted, updated and deleted from outside is told as it happens", async () => {
  const [kept, gone] = [note("kept"), note("gone")];
  await notes.insertMany([kept, gone]);
  const reader = await open();
  await tap.skip();
  await notes.insertOne(note("new"));
  await notes.updateOne({ _id: kept._id }, { $set: { text: "changed" } });
  await notes.deleteOne({ _id: gone._id });
  expect(await tell(3)).toEqual(["published", "published", "published"]);
  await untilTexts(reader, "changed", "new");
  expect(reader.named("removed").map(({ data }) => JSON.parse(data))).toEqual([
    { _id: gone._id.toHexString() },
  ]);
});

test("a topic without items is live at once, and its first item is told", async () => {
  const reader = await open();
  expect(reader.events.map(({ event }) => event)).toEqual(["live"]);
  await notes.insertOne(note("first"));
  await tell(1);
  await untilTexts(reader, "first");
});

test("who resumes hears of everything that changed meanwhile, also of what left", async () => {
  const [kept, changed, gone] = [note("kept"), note("changed"), note("gone")];
  await notes.insertMany([kept, changed, gone]);
  const before = await open();
  before.close();
  await tap.skip();
  await notes.deleteOne({ _id: gone._id });
  await notes.updateOne({ _id: changed._id }, { $set: { text: "changed twice" } });
  await notes.insertOne(note("new"));
  await tell(3);
  const after = await open("", { "last-event-id": lastIdOf(before) });
  const told = after.events.filter((event) => event.id !== undefined).map(({ event, data }) => [event, data]);
  expect(told.map(([event]) => event).toSorted()).toEqual(["message", "message", "removed"]);
  expect(heldField([...before.events, ...after.events], "text")).toEqual(["changed twice", "kept", "new"]);
  expect(after.named("reset")).toHaveLength(0);
});

test("what nobody told the hub while nobody watched is there for who resumes, also what left", async () => {
  const [kept, gone] = [note("kept"), note("gone")];
  await notes.insertMany([kept, gone]);
  const before = await open();
  before.close();
  await untilClients(stack.url, 0);
  await notes.deleteOne({ _id: gone._id });
  await notes.insertOne(note("new"));
  const after = await open("", { "last-event-id": lastIdOf(before) });
  expect(heldField([...before.events, ...after.events], "text")).toEqual(["kept", "new"]);
  expect(after.named("message")).toHaveLength(1);
  expect(after.named("removed")).toHaveLength(1);
});

test("who joins anew never hears of removals from before", async () => {
  const [kept, gone] = [note("kept"), note("gone")];
  await notes.insertMany([gone, kept]);
  const witness = await open();
  await tap.skip();
  await notes.deleteOne({ _id: gone._id });
  await tell(1);
  await witness.untilEvent("removed");
  const newcomer = await open();
  expect(newcomer.named("removed")).toHaveLength(0);
  expect(textsOf(newcomer)).toEqual(["kept"]);
});

test("who resumes with a filter hears that an item left, whatever became of it and of others since", async () => {
  const [one, other] = [note("one", "x"), note("other", "x")];
  await notes.insertMany([one, other]);
  const before = await open("?tag=x");
  before.close();
  await tap.skip();
  await notes.updateOne({ _id: one._id }, { $set: { tags: ["y"] } });
  await tell(1);
  await notes.updateOne({ _id: other._id }, { $set: { text: "other still" } });
  await tell(1);
  await notes.updateOne({ _id: one._id }, { $set: { tags: ["z"] } });
  await tell(1);
  const after = await open("?tag=x", { "last-event-id": lastIdOf(before) });
  expect(heldField([...before.events, ...after.events], "text")).toEqual(["other still"]);
  const everything = await open();
  expect(textsOf(everything)).toEqual(["one", "other still"]);
});

test("who resumes from before a removal that was forgotten gets a reset and the whole", async () => {
  const [gone, kept] = [note("gone"), note("kept")];
  await notes.insertMany([gone, kept]);
  const before = await open();
  await tap.skip();
  await notes.deleteOne({ _id: gone._id });
  await tell(1);
  await before.untilEvent("removed");
  const id = before.named("message")[0]?.id ?? "";
  before.close();
  await untilClients(stack.url, 0);
  // A day and more goes by.
  const { exec } = await stack.harness.getWorker().getDurableObjectStorage("HUBS", { name: "notes/all" });
  await exec("UPDATE items SET removed_at = 1 WHERE removed_at IS NOT NULL");
  const socket = await SocketStream.open(`${stack.url}/api/streams/notes`, "");
  onTestFinished(() => socket.close());
  await expect
    .poll(async () => (await exec("SELECT count(*) AS gone FROM items WHERE removed_at = 1"))[0]?.["gone"])
    .toBe(0);
  const after = await open("", { "last-event-id": id });
  expect(after.events[0]).toMatchObject({ event: "reset", data: '{"reason":"below-floor"}' });
  expect(textsOf(after)).toEqual(["kept"]);
});

test("the content can be read as JSON, and a stream continues from its id", async () => {
  await notes.insertMany([note("a"), note("b")]);
  const answer = await contents();
  expect(answer.headers.get("content-type")).toContain("application/json");
  const { id, items } = (await answer.json()) as { id: string; items: { text: string }[] };
  expect(items.map(({ text }) => text).toSorted()).toEqual(["a", "b"]);
  const reader = await open(`?lastEventId=${id}`);
  expect(reader.events[0]?.event).toBe("live");
  await tap.skip();
  await notes.insertOne(note("c"));
  await tell(1);
  await reader.untilEvent("message");
  expect(textsOf(reader)).toEqual(["c"]);
});

test("the content of an empty topic is an empty list, and a stream continues from it too", async () => {
  const answer = await contents();
  const { id, items } = (await answer.json()) as { id: string; items: unknown[] };
  expect(items).toEqual([]);
  await notes.insertOne(note("first"));
  const reader = await open(`?lastEventId=${id}`);
  expect(reader.named("reset")).toHaveLength(0);
  expect(textsOf(reader)).toEqual(["first"]);
});

test("content that the client has already is answered 304, and anew once something changed", async () => {
  await notes.insertOne(note("a"));
  const first = await contents();
  const etag = first.headers.get("etag") ?? "";
  const again = await contents({ "if-none-match": etag });
  expect(again.status).toBe(304);
  expect(again.headers.get("etag")).toBe(etag);
  expect(await again.text()).toBe("");
  expect((await contents({ "if-none-match": `"other", W/${etag}` })).status).toBe(304);
  await notes.insertOne(note("b"));
  const changed = await contents({ "if-none-match": etag });
  expect(changed.status).toBe(200);
  expect(changed.headers.get("etag")).not.toBe(etag);
  expect(((await changed.json()) as { items: unknown[] }).items).toHaveLength(2);
});

test("a WebSocket carries the same events with the same ids as server-sent events", async () => {
  await notes.insertMany([note("a"), note("b")]);
  const reader = await open();
  const socket = await SocketStream.open(`${stack.url}/api/streams/notes`, "");
  onTestFinished(() => socket.close());
  await tap.skip();
  await notes.insertOne(note("c"));
  await notes.deleteOne({ text: "a" });
  await tell(2);
  await untilTexts(reader, "b", "c");
  await socket.until(() => textsOf(socket).join() === "b,c", "the same");
  expect(itemsIn(socket.events)).toEqual(itemsIn(reader.events));
});

test.for([
  ["", "a,b,d"],
  ["?tag=x", "b,d"],
  ["?tag=nobody", ""],
] as const)(
  "after every change the heartbeat tells the fingerprint of what a client with the query %j holds",
  async ([query, texts]) => {
    await notes.insertMany([note("a", "x"), note("b"), note("c", "x")]);
    const reader = await open(query);
    const agrees = async (): Promise<void> => {
      const seen = reader.named("ping").length;
      const ping = JSON.parse((await reader.untilEvent("ping", seen)).data) as { hash: string; id?: string };
      expect(ping.hash).toBe(heldHash(reader.events));
      expect(ping.id).toBe(reader.events.findLast(({ id }) => id !== undefined)?.id);
    };
    await agrees();
    await tap.skip();
    await notes.updateOne({ text: "a" }, { $set: { tags: [] } });
    await notes.updateOne({ text: "b" }, { $set: { tags: ["x"] } });
    await notes.deleteOne({ text: "c" });
    await notes.insertOne(note("d", "x"));
    await tell(4);
    await reader.until(() => textsOf(reader).join() === texts, "it");
    await agrees();
  },
);

test("a client that reads nothing for a while gets only the newest of what went by, and everything", async () => {
  const padding = "x".repeat(400_000);
  const one = note("once");
  await notes.insertMany([one, note("other")]);
  const stalled = await PausableStream.open(`${stack.url}/api/streams/notes`, {});
  onTestFinished(() => stalled.close());
  await stalled.until(() => stalled.named("live").length > 0, "live");
  stalled.pause();
  const reading = await open();
  await tap.skip();
  for (let number = 1; number <= 40; number++) {
    await notes.updateOne({ _id: one._id }, { $set: { text: `${number} ${padding}` } });
    await tell(1);
    await reading.until(() => reading.named("message").at(-1)?.data.includes(`"${number} x`) ?? false, "it");
  }
  stalled.resume();
  const isNewest = (): boolean => stalled.named("message").at(-1)?.data.includes(`"40 x`) ?? false;
  await stalled.until(() => isNewest() || stalled.named("bye").length > 0, "the newest, or bye");
  expect(stalled.named("message").length).toBeLessThan(40);
});

test("who watches is told only where the stream says so", async () => {
  const ada = await register(stack.url, "Ada");
  const [quiet, loud] = await Promise.all(
    ["notes", "room"].map((name) => openTopic(stack, name, { cookie: ada.cookie })),
  );
  const presence = await loud?.untilEvent("presence");
  expect(JSON.parse(presence?.data ?? "")).toEqual({ viewers: [{ id: ada.user._id, name: "Ada" }] });
  await quiet?.untilEvent("ping", 3);
  expect(quiet?.named("presence")).toHaveLength(0);
  // Told once, not at every heartbeat.
  await loud?.untilEvent("ping", 3);
  expect(loud?.named("presence")).toHaveLength(1);
});

test("an event of an item that changed nothing, or is old, is no news to anybody", async () => {
  const one = note("one");
  await notes.insertOne(one);
  const inserted = await tap.take(1);
  const reader = await open();
  await notes.updateOne({ _id: one._id }, { $set: { text: "two" } });
  const updated = await tap.take(1);
  expect(await publish(stack.url, updated)).toEqual(["published"]);
  expect(await publish(stack.url, [...updated, ...inserted])).toEqual(["repeat", "stale"]);
  await untilTexts(reader, "two");
  await reader.untilEvent("ping", reader.named("ping").length + 1);
  expect(reader.named("message")).toHaveLength(2);
});
