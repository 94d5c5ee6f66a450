import { ObjectId } from "bson";
import type { Collection } from "mongodb";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { ChangeTap } from "../support/ChangeTap.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { heldField } from "../support/heldItems.ts";
import { publish } from "../support/hook.ts";
import { expectProblem } from "../support/problems.ts";
import type { Stack } from "../support/stack.ts";
import { untilClients } from "../support/status.ts";
import type { StreamReader } from "../support/streamReader.ts";
import { lastIdOf, openTopic, readTopic, startStreamsStack } from "../support/streamsStack.ts";

interface Note {
  readonly _id: ObjectId;
  readonly text: string;
  readonly tags: readonly string[];
  readonly rank?: number;
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
  await untilClients(stack.url, 0);
});

function note(text: string, tags: readonly string[], rank = 0): Note {
  return { _id: new ObjectId(), text, tags, rank };
}

/** Changes a note from outside and tells the hub of it. */
async function change({ _id }: Note, fields: Partial<Note>): Promise<void> {
  await notes.updateOne({ _id }, { $set: fields });
  await publish(stack.url, await tap.take(1));
}

function textsOf({ events }: Pick<StreamReader, "events">): string {
  return heldField(events, "text").join();
}

/** Waits until everything that was published before has been handed over. */
async function settle(...readers: readonly StreamReader[]): Promise<void> {
  await Promise.all(readers.map((reader) => reader.untilEvent("ping", reader.named("ping").length + 1)));
}

test.for([
  ["tag=", "tag"],
  [`tag=${"x".repeat(21)}`, "tag"],
  ["tag=x&least=many", "least"],
  ["least=3", "tag"],
  ["tag=x&since=2026-01-01T00:00:00Z", "since"],
  ["tag=x&heartbeat=loud", "heartbeat"],
] as const)(
  "asking for %s is refused with 400, and the answer names the variable %s",
  async ([query, path]) => {
    const refusal = await expectProblem(
      await fetch(`${stack.url}/api/streams/notes?${query}`),
      "invalid-query",
    );
    expect(refusal.fields).toEqual([{ path, message: expect.any(String) }]);
  },
);

test("a variable that the stream does not have is refused with 400 and its name", async () => {
  const refusal = await expectProblem(
    await fetch(`${stack.url}/api/streams/notes?tag=x&colour=red`),
    "invalid-query",
  );
  expect(JSON.stringify(refusal.fields)).toContain("colour");
});

test("who asks for variables gets only the items that they describe, as events and as JSON", async () => {
  await notes.insertMany([note("a", ["x"], 1), note("b", ["x", "y"], 5), note("c", ["y"], 9)]);
  const readers = await Promise.all(
    ["notes?tag=x", "notes?tag=y&least=6", "notes?tag=z", "notes"].map((topic) => openTopic(stack, topic)),
  );
  expect(readers.map(textsOf)).toEqual(["a,b", "c", "", "a,b,c"]);
  const { items } = (await (await readTopic(stack, "notes?tag=x&least=2")).json()) as { items: Note[] };
  expect(items.map(({ text }) => text)).toEqual(["b"]);
});

test("an item that enters what was asked for is a message, one that leaves it removed, each once", async () => {
  const [one, other] = [note("one", []), note("other", ["x"])];
  await notes.insertMany([one, other]);
  const [reader, everything] = [await openTopic(stack, "notes?tag=x"), await openTopic(stack, "notes")];
  await tap.skip();
  await change(one, { tags: ["x"] });
  await reader.until(() => textsOf(reader) === "one,other", "it to enter");
  await change(one, { text: "one again" });
  await change(one, { tags: ["y"] });
  await reader.until(() => textsOf(reader) === "other", "it to leave");
  await change(one, { tags: ["z"] });
  await change(one, { text: "unseen" });
  await settle(reader, everything);
  expect(reader.named("removed").map(({ data }) => data)).toEqual([`{"_id":"${one._id.toHexString()}"}`]);
  expect(everything.named("removed")).toHaveLength(0);
  expect(textsOf(everything)).toBe("other,unseen");
});

test("of items that it was never shown, a live stream hears nothing, not even their end", async () => {
  const [one, other] = [note("one", ["y"]), note("other", ["x"])];
  await notes.insertMany([one, other]);
  const reader = await openTopic(stack, "notes?tag=x");
  await tap.skip();
  await change(one, { text: "changed" });
  await notes.deleteOne({ _id: one._id });
  await notes.insertOne(note("new", ["y"]));
  await notes.deleteOne({ text: "new" });
  await publish(stack.url, await tap.take(3));
  await settle(reader);
  expect(reader.events.map(({ event }) => event).filter((event) => event !== "ping")).toEqual([
    "message",
    "live",
  ]);
});

test("a hundred different subscriptions are each told what is theirs", { timeout: 120_000 }, async () => {
  const tags = Array.from({ length: 100 }, (_, index) => `tag${index}`);
  const all = tags.map((tag) => note(`of ${tag}`, [tag]));
  await notes.insertMany(all);
  const readers = await Promise.all(tags.map((tag) => openTopic(stack, `notes?tag=${tag}`)));
  expect(readers.map(textsOf)).toEqual(tags.map((tag) => `of ${tag}`));
  await tap.skip();
  // Everybody's item goes to the next one.
  for (const [index, { _id }] of all.entries()) {
    await notes.updateOne({ _id }, { $set: { tags: [tags[(index + 1) % 100] ?? ""] } });
  }
  await publish(stack.url, await tap.take(100));
  const expected = tags.map((_, index) => `of ${tags[(index + 99) % 100]}`);
  await Promise.all(
    readers.map((reader, index) =>
      reader.until(() => textsOf(reader) === expected[index], "its neighbour's"),
    ),
  );
  for (const reader of readers) expect(reader.named("removed")).toHaveLength(1);
});

test("what an item was while a stream stalled does not confuse what it is told in the end", async () => {
  const [one, other] = [note("one", ["x"]), note("other", ["x"])];
  await notes.insertMany([one, other]);
  const before = await openTopic(stack, "notes?tag=x");
  before.close();
  await tap.skip();
  await change(one, { tags: ["y"] });
  await change(other, { text: "other still" });
  await change(one, { tags: ["x"], text: "one is back" });
  const after = await openTopic(stack, "notes?tag=x", { "last-event-id": lastIdOf(before) });
  expect(textsOf({ events: [...before.events, ...after.events] })).toBe("one is back,other still");
});
