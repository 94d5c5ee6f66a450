import { ObjectId } from "bson";
import type { Collection, Document } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";

import { ChangeTap } from "../support/ChangeTap.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { heldField } from "../support/heldItems.ts";
import { publish } from "../support/hook.ts";
import { register } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import type { Stack } from "../support/stack.ts";
import { openTopic, startStreamsStack } from "../support/streamsStack.ts";

let stack: Stack;
let view: DatabaseView;
let notes: Collection<Document>;

beforeAll(async () => {
  stack = await startStreamsStack({ HEARTBEAT_SECONDS: "0.5" });
  view = new DatabaseView(stack.mongoUri);
  notes = view.db.collection("notes");
});
afterAll(async () => {
  await view.close();
  await stack.stop();
});

function insert(body: unknown, topic = "notes", headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${stack.url}/api/streams/${topic}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

test("what is posted to a stream is answered 201 with the document, is stored, and everybody hears it once", async () => {
  const tap = await ChangeTap.open(view.db);
  const reader = await openTopic(stack, "notes");
  const answer = await insert({ text: "posted", tags: ["x"] });
  expect(answer.status).toBe(201);
  const made = (await answer.json()) as { _id: string };
  expect(made).toEqual({ _id: expect.stringMatching(/^[0-9a-f]{24}$/), text: "posted", tags: ["x"] });
  await reader.until(() => heldField(reader.events, "text").includes("posted"), "the note");
  expect(await notes.findOne({ _id: new ObjectId(made._id) })).toMatchObject({ text: "posted" });
  expect(await publish(stack.url, await tap.take(1))).toEqual(["repeat"]);
  await tap.close();
  await reader.untilEvent("ping", reader.named("ping").length + 1);
  expect(reader.named("message").filter(({ data }) => data.includes("posted"))).toHaveLength(1);
});

test("what the stream would not show is refused with the field that leaves it out, and nothing is stored", async () => {
  const cards = view.db.collection("cards");
  const refused = await insert({ text: "old", archived: true }, "cards/oven");
  const problem = await expectProblem(refused, "invalid-body");
  expect(problem.fields).toEqual([
    { path: "archived", message: "This stream shows no document with this value" },
  ]);
  expect(await cards.countDocuments()).toBe(0);
  const taken = await insert({ text: "new", archived: false }, "cards/oven");
  expect(taken.status).toBe(201);
  expect(await cards.findOne()).toMatchObject({ text: "new", board: "oven" });
});

test("posting the same _id twice inserts it once, and both are answered 201 with what is there", async () => {
  const _id = new ObjectId().toHexString();
  const [first, second] = [
    await insert({ _id, text: "first", tags: [] }),
    await insert({ _id, text: "second", tags: [] }),
  ];
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(await second.json()).toEqual(await first.json());
  expect(await notes.countDocuments({ _id: new ObjectId(_id) })).toBe(1);
});

test("posting an _id again never shows an older document than what somebody wrote meanwhile", async () => {
  const _id = new ObjectId().toHexString();
  await insert({ _id, text: "first", tags: [] });
  const reader = await openTopic(stack, "notes");
  await notes.updateOne({ _id: new ObjectId(_id) }, { $set: { text: "changed outside" } });
  const again = await insert({ _id, text: "first", tags: [] });
  expect(await again.json()).toMatchObject({ text: "changed outside" });
  await reader.until(() => heldField(reader.events, "text").includes("changed outside"), "the change");
});

test.for([
  [{ tags: [] }, "text"],
  [{ text: "", tags: [] }, "text"],
  [{ text: "x", tags: "y" }, "tags"],
  [{ text: { $ne: "" }, tags: [] }, "text"],
  [{ _id: "short", text: "x", tags: [] }, "_id"],
] as const)("%j is refused with 400, and the answer names the field %s", async ([body, path]) => {
  const refusal = await expectProblem(await insert(body), "invalid-body");
  expect(refusal.fields?.map((field) => field.path)).toEqual([path]);
});

test("a field that the stream does not take is refused, and so is what is no JSON or too long; nothing is stored", async () => {
  const before = await notes.countDocuments();
  await expectProblem(await insert({ text: "x", tags: [], admin: true }), "invalid-body");
  await expectProblem(await insert("{"), "invalid-json");
  await expectProblem(await insert("[1]"), "invalid-body");
  await expectProblem(await insert({ text: "x".repeat(300_000), tags: [] }), "too-large");
  await expectProblem(
    await insert({ text: "x", tags: [] }, "notes", { "content-type": "text/plain" }),
    "unsupported-media-type",
  );
  expect(await notes.countDocuments()).toBe(before);
});

test("a stream that takes nothing answers 405 and says what it does take, one that is not there 404", async () => {
  const refusal = await insert({ text: "x" }, "room");
  expect(refusal.headers.get("allow")).toBe("GET");
  await expectProblem(refusal, "method-not-allowed");
  await expectProblem(await insert({ text: "x" }, "nothing"), "not-found");
  const other = await fetch(`${stack.url}/api/streams/notes`, { method: "DELETE" });
  await expectProblem(other, "method-not-allowed");
});

test("somebody who is no reader of a topic can't put anything into it", async () => {
  const stranger = await register(stack.url);
  const body = { text: "x", tags: [] };
  await expectProblem(await insert(body, "desk"), "signed-out");
  const answer = await insert(body, "desk", { cookie: stranger.cookie });
  await expectProblem(answer, "not-found");
  expect(await view.db.collection("desk").countDocuments()).toBe(0);
});

test("whoever posts too much in a minute is told to wait", async () => {
  const statuses: number[] = [];
  let refused: Response | undefined;
  for (let number = 0; number < 60 && !refused; number++) {
    const answer = await insert({ text: `note ${number}`, tags: [] });
    statuses.push(answer.status);
    if (answer.status !== 201) refused = answer;
  }
  expect(refused?.headers.get("retry-after")).toBe("60");
  if (refused) await expectProblem(refused, "too-many-attempts");
});
