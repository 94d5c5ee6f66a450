import { ObjectId } from "bson";
import type { Collection } from "mongodb";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { ChangeTap } from "../support/ChangeTap.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { heldField } from "../support/heldItems.ts";
import { publish } from "../support/hook.ts";
import { expectProblem } from "../support/problems.ts";
import type { Stack } from "../support/stack.ts";
import { openTopic, readTopic, startStreamsStack } from "../support/streamsStack.ts";

const MOST = 5;

let stack: Stack;
let view: DatabaseView;
let cards: Collection<{ _id: ObjectId; board: string; text: string }>;
let tap: ChangeTap;
let board: string;
let boards = 0;

beforeAll(async () => {
  stack = await startStreamsStack({
    HEARTBEAT_SECONDS: "0.5",
    RECONCILE_SECONDS: "2",
    MAX_TOPIC_ITEMS: String(MOST),
    MAX_TOPIC_MEGABYTES: "1",
  });
  view = new DatabaseView(stack.mongoUri);
  cards = view.db.collection("cards");
  tap = await ChangeTap.open(view.db);
});
afterAll(async () => {
  await tap.close();
  await view.close();
  await stack.stop();
});
beforeEach(() => {
  board = `board${++boards}`;
  stack.harness.clearLogs();
});

async function insert(count: number, text = "card"): Promise<void> {
  const added = Array.from({ length: count }, () => ({ _id: new ObjectId(), board, text }));
  await cards.insertMany(added);
}

function open() {
  return openTopic(stack, `cards/${board}`);
}

/** The lines in which the operator is told of a topic that is too large. */
function complaints(): unknown[] {
  return stack.harness
    .getLogs()
    .map(({ message }) => String(message))
    .filter((line) => line.includes("topic-too-large") && line.includes('"items"'))
    .map((line) => JSON.parse(line.slice(line.indexOf("{"))) as unknown);
}

test("a topic of as many items as are allowed is open, with one more it is refused with 507 and a time to wait", async () => {
  await insert(MOST);
  expect((await open()).response.status).toBe(200);
  await insert(1);
  board = `${board}-more`;
  await insert(MOST + 1);
  const refusals = [
    await readTopic(stack, `cards/${board}`),
    await fetch(`${stack.url}/api/streams/cards/${board}`),
  ];
  for (const refusal of refusals) {
    expect(Number(refusal.headers.get("retry-after"))).toBeGreaterThan(0);
    await expectProblem(refusal, "topic-too-large");
  }
  expect(complaints()).toContainEqual(expect.objectContaining({ topic: `cards/${board}`, items: MOST + 1 }));
});

test("a topic of few but huge items is refused just so", async () => {
  await insert(2, "x".repeat(600_000));
  await expectProblem(await readTopic(stack, `cards/${board}`), "topic-too-large");
  expect(complaints()).toContainEqual(
    expect.objectContaining({ topic: `cards/${board}`, characters: expect.any(Number) }),
  );
});

test.for(["an event", "a reconcile"])(
  "a topic that grows too large as %s tells closes its streams with bye, and opens again once it is smaller",
  async (how) => {
    await insert(MOST);
    const reader = await open();
    await tap.skip();
    await insert(1);
    if (how === "an event") await publish(stack.url, await tap.take(1));
    const bye = await reader.untilEvent("bye");
    expect(JSON.parse(bye.data)).toEqual({ reason: "too-large" });
    await reader.untilEnded();
    expect(complaints()).toContainEqual(
      expect.objectContaining({ topic: `cards/${board}`, items: MOST + 1 }),
    );
    await expectProblem(await readTopic(stack, `cards/${board}`), "topic-too-large");
    await cards.deleteOne({ board });
    const again = await open();
    expect(again.response.status).toBe(200);
    expect(heldField(again.events, "text")).toHaveLength(MOST);
  },
);

test("whoever asks first after a topic has outgrown its hub unseen is told that it is too large", async () => {
  await insert(MOST);
  expect((await readTopic(stack, `cards/${board}`)).status).toBe(200);
  await insert(1);
  await expectProblem(await readTopic(stack, `cards/${board}`), "topic-too-large");
});
