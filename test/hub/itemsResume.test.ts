import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";

import { note, NotesTopic, textsOf } from "../support/NotesTopic.ts";
import { PausableStream } from "../support/PausableStream.ts";
import { heldField } from "../support/heldItems.ts";
import { untilClients } from "../support/status.ts";
import { lastIdOf } from "../support/streamsStack.ts";

/** Together more than all the buffers between the hub and a client that reads nothing can hold. */
const CHANGES = 100;
const LENGTH = 400_000;

let topic: NotesTopic;

beforeAll(async () => {
  topic = await NotesTopic.start();
});
afterAll(() => topic.stop());
beforeEach(() => topic.empty());

test("who resumes hears of everything that changed meanwhile, also of what left", async () => {
  const [kept, changed, gone] = [note("kept"), note("changed"), note("gone")];
  await topic.notes.insertMany([kept, changed, gone]);
  const before = await topic.open();
  before.close();
  await topic.tap.skip();
  await topic.notes.deleteOne({ _id: gone._id });
  await topic.notes.updateOne({ _id: changed._id }, { $set: { text: "changed twice" } });
  await topic.notes.insertOne(note("new"));
  await topic.tell(3);
  const after = await topic.open("", { "last-event-id": lastIdOf(before) });
  const told = after.events.filter((event) => event.id !== undefined).map(({ event, data }) => [event, data]);
  expect(told.map(([event]) => event).toSorted()).toEqual(["message", "message", "removed"]);
  expect(heldField([...before.events, ...after.events], "text")).toEqual(["changed twice", "kept", "new"]);
  expect(after.named("reset")).toHaveLength(0);
});

test("what nobody told the hub while nobody watched is there for who resumes, also what left", async () => {
  const [kept, gone] = [note("kept"), note("gone")];
  await topic.notes.insertMany([kept, gone]);
  const before = await topic.open();
  before.close();
  await untilClients(topic.stack.url, 0);
  await topic.notes.deleteOne({ _id: gone._id });
  await topic.notes.insertOne(note("new"));
  const after = await topic.open("", { "last-event-id": lastIdOf(before) });
  expect(heldField([...before.events, ...after.events], "text")).toEqual(["kept", "new"]);
  expect(after.named("message")).toHaveLength(1);
  expect(after.named("removed")).toHaveLength(1);
});

test("who joins anew never hears of removals from before", async () => {
  const [kept, gone] = [note("kept"), note("gone")];
  await topic.notes.insertMany([gone, kept]);
  const witness = await topic.open();
  await topic.tap.skip();
  await topic.notes.deleteOne({ _id: gone._id });
  await topic.tell(1);
  await witness.untilEvent("removed");
  const newcomer = await topic.open();
  expect(newcomer.named("removed")).toHaveLength(0);
  expect(textsOf(newcomer)).toEqual(["kept"]);
});

test("who resumes with a filter hears that an item left, whatever became of it and of others since", async () => {
  const [one, other] = [note("one", "x"), note("other", "x")];
  await topic.notes.insertMany([one, other]);
  const before = await topic.open("?tag=x");
  before.close();
  await topic.tap.skip();
  await topic.notes.updateOne({ _id: one._id }, { $set: { tags: ["y"] } });
  await topic.tell(1);
  await topic.notes.updateOne({ _id: other._id }, { $set: { text: "other still" } });
  await topic.tell(1);
  await topic.notes.updateOne({ _id: one._id }, { $set: { tags: ["z"] } });
  await topic.tell(1);
  const after = await topic.open("?tag=x", { "last-event-id": lastIdOf(before) });
  expect(heldField([...before.events, ...after.events], "text")).toEqual(["other still"]);
  const everything = await topic.open();
  expect(textsOf(everything)).toEqual(["one", "other still"]);
});

test(
  "a client that reads nothing for a while gets only the newest of what went by, and everything",
  { timeout: 180_000 },
  async () => {
    const padding = "x".repeat(LENGTH);
    const one = note("once");
    await topic.notes.insertMany([one, note("other")]);
    const stalled = await PausableStream.open(`${topic.stack.url}/api/streams/notes`, {});
    onTestFinished(() => stalled.close());
    await stalled.until(() => stalled.named("live").length > 0, "live");
    stalled.pause();
    const reading = await topic.open();
    await topic.tap.skip();
    for (let number = 1; number <= CHANGES; number++) {
      await topic.notes.updateOne({ _id: one._id }, { $set: { text: `${number} ${padding}` } });
      await topic.tell(1);
      await reading.until(
        () => reading.named("message").at(-1)?.data.includes(`"${number} x`) ?? false,
        "it",
      );
    }
    stalled.resume();
    const isNewest = (): boolean => stalled.named("message").at(-1)?.data.includes(`"${CHANGES} x`) ?? false;
    await stalled.until(() => isNewest() || stalled.named("bye").length > 0, "the newest, or bye");
    expect(stalled.named("message").length).toBeLessThan(CHANGES);
  },
);
