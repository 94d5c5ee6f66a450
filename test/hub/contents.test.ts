import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { note, NotesTopic, textsOf } from "../support/NotesTopic.ts";

let topic: NotesTopic;

beforeAll(async () => {
  topic = await NotesTopic.start();
});
afterAll(() => topic.stop());
beforeEach(() => topic.empty());

test("the content can be read as JSON, and a stream continues from its id", async () => {
  await topic.notes.insertMany([note("a"), note("b")]);
  const answer = await topic.contents();
  expect(answer.headers.get("content-type")).toContain("application/json");
  const { id, items } = (await answer.json()) as { id: string; items: { text: string }[] };
  expect(items.map(({ text }) => text).toSorted()).toEqual(["a", "b"]);
  const reader = await topic.open(`?lastEventId=${id}`);
  expect(reader.events[0]?.event).toBe("live");
  await topic.tap.skip();
  await topic.notes.insertOne(note("c"));
  await topic.tell(1);
  await reader.untilEvent("message");
  expect(textsOf(reader)).toEqual(["c"]);
});

test("the content of an empty topic is an empty list, and a stream continues from it too", async () => {
  const answer = await topic.contents();
  const { id, items } = (await answer.json()) as { id: string; items: unknown[] };
  expect(items).toEqual([]);
  await topic.notes.insertOne(note("first"));
  const reader = await topic.open(`?lastEventId=${id}`);
  expect(reader.named("reset")).toHaveLength(0);
  expect(textsOf(reader)).toEqual(["first"]);
});

test("content that the client has already is answered 304, and anew once something changed", async () => {
  await topic.notes.insertOne(note("a"));
  const first = await topic.contents();
  const etag = first.headers.get("etag") ?? "";
  const again = await topic.contents({ "if-none-match": etag });
  expect(again.status).toBe(304);
  expect(again.headers.get("etag")).toBe(etag);
  expect(await again.text()).toBe("");
  expect((await topic.contents({ "if-none-match": `"other", W/${etag}` })).status).toBe(304);
  await topic.notes.insertOne(note("b"));
  const changed = await topic.contents({ "if-none-match": etag });
  expect(changed.status).toBe(200);
  expect(changed.headers.get("etag")).not.toBe(etag);
  expect(((await changed.json()) as { items: unknown[] }).items).toHaveLength(2);
});
