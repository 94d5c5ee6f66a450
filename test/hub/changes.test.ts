import { ObjectId } from "bson";
import type { ChangeStreamDocument, Collection } from "mongodb";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";

import type { ChangeEventData } from "../../protocol/streamEvents.ts";
import { ChangeTap } from "../support/ChangeTap.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { publish } from "../support/hook.ts";
import { SocketReader } from "../support/socketReader.ts";
import { SocketStream } from "../support/SocketStream.ts";
import type { Stack } from "../support/stack.ts";
import { untilClients } from "../support/status.ts";
import type { ReceivedEvent, StreamReader } from "../support/streamReader.ts";
import { lastIdOf, openTopic, readTopic, startStreamsStack } from "../support/streamsStack.ts";

const TOPIC = "post-changes";

/** What a hub keeps of a topic. */
const KEPT = 1000;

interface Post {
  readonly _id: ObjectId;
  readonly text: string;
  readonly tags: readonly string[];
}

let stack: Stack;
let view: DatabaseView;
let posts: Collection<Post>;
let tap: ChangeTap;

beforeAll(async () => {
  stack = await startStreamsStack({ HEARTBEAT_SECONDS: "0.5" });
  view = new DatabaseView(stack.mongoUri);
  posts = view.db.collection("posts");
  tap = await ChangeTap.open(view.db);
});
afterAll(async () => {
  await tap.close();
  await view.close();
  await stack.stop();
});
beforeEach(async () => {
  await untilClients(stack.url, 0);
  await tap.skip();
});

function post(text: string, ...tags: string[]): Post {
  return { _id: new ObjectId(), text, tags };
}

function open(query = "", headers: Record<string, string> = {}): Promise<StreamReader> {
  return openTopic(stack, TOPIC + query, headers);
}

function changesIn(events: readonly ReceivedEvent[]): ChangeEventData[] {
  return events
    .filter(({ event }) => event === "change")
    .map(({ data }) => JSON.parse(data) as ChangeEventData);
}

/** What happened, briefly, in the order in which it was told. */
function toldIn(events: readonly ReceivedEvent[]): string[] {
  return changesIn(events).map(({ operationType, fullDocument }) =>
    [operationType, fullDocument?.["text"]].filter(Boolean).join(" "),
  );
}

function untilTold(reader: StreamReader, ...told: string[]): Promise<void> {
  return reader.until(() => toldIn(reader.events).join() === told.join(), told.join());
}

/** Inserts posts, one after the other, and answers the events of it. */
async function write(...texts: string[]): Promise<ChangeStreamDocument[]> {
  const events: ChangeStreamDocument[] = [];
  for (const text of texts) {
    await posts.insertOne(post(text));
    events.push(...(await tap.take(1)));
  }
  return events;
}

test("each change is an event with an id, that says what happened to which document, and nothing from before", async () => {
  await write("before");
  const reader = await open();
  expect(reader.events.map(({ event }) => event)).toEqual(["live"]);
  const one = post("one", "x");
  await posts.insertOne(one);
  await posts.updateOne({ _id: one._id }, { $set: { text: "two" } });
  await posts.replaceOne({ _id: one._id }, { text: "three", tags: [] });
  await posts.deleteOne({ _id: one._id });
  await publish(stack.url, await tap.take(4));
  await reader.untilEvent("change", 3);
  const _id = one._id.toHexString();
  const shared = {
    documentKey: { _id },
    clusterTime: expect.stringMatching(/^\d+\.\d+$/),
    ns: { db: "mealcast", coll: "posts" },
  };
  const [inserted, updated, replaced, deleted] = changesIn(reader.events);
  expect(inserted).toEqual({
    operationType: "insert",
    ...shared,
    fullDocument: expect.objectContaining({ _id }),
  });
  expect(updated).toMatchObject({
    operationType: "update",
    ...shared,
    updateDescription: { updatedFields: { text: "two" }, removedFields: [] },
  });
  expect(replaced).toMatchObject({ operationType: "replace", ...shared });
  expect(deleted).toEqual({ operationType: "delete", ...shared });
  const ids = reader.named("change").map(({ id }) => Number(id?.split("-")[1]));
  expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
});

test.for([
  ["reversed", (events: ChangeStreamDocument[]) => events.toReversed()],
  ["repeated", (events: ChangeStreamDocument[]) => events.flatMap((event) => [event, event])],
  ["all but the last one lost", (events: ChangeStreamDocument[]) => events.slice(-1)],
] as const)(
  "posts to the hook that come %s are told in the order of the database, each once",
  async ([, order]) => {
    const reader = await open();
    const events = await write("a", "b", "c", "d");
    for (const event of order(events)) await publish(stack.url, [event]);
    await untilTold(reader, "insert a", "insert b", "insert c", "insert d");
    await publish(stack.url, events);
    await reader.untilEvent("ping", reader.named("ping").length + 1);
    expect(toldIn(reader.events)).toHaveLength(4);
  },
);

test("who continues from an event gets what came after it, over server-sent events and over a socket", async () => {
  const before = await open();
  await publish(stack.url, await write("a", "b"));
  await untilTold(before, "insert a", "insert b");
  const id = before.named("change")[0]?.id ?? "";
  await publish(stack.url, await write("c"));
  const after = await open("", { "last-event-id": id });
  expect(toldIn(after.events)).toEqual(["insert b", "insert c"]);
  expect(after.named("reset")).toHaveLength(0);
  const socket = await SocketStream.open(`${stack.url}/api/streams/${TOPIC}?lastEventId=${id}`, "");
  onTestFinished(() => socket.close());
  expect(toldIn(socket.events)).toEqual(["insert b", "insert c"]);
});

test("what happened while nobody watched, and nobody told of, is there for who continues", async () => {
  const before = await open();
  await publish(stack.url, await write("a"));
  await untilTold(before, "insert a");
  before.close();
  await untilClients(stack.url, 0);
  await write("b", "c");
  const after = await open("", { "last-event-id": lastIdOf(before) });
  expect(toldIn(after.events)).toEqual(["insert b", "insert c"]);
});

test("who names a time gets what happened since; before what is kept that is a reset and all that is kept", async () => {
  const first = await open();
  await publish(stack.url, await write("a"));
  await untilTold(first, "insert a");
  const since = new Date().toISOString();
  // The clock of the database has to go on: it tells the time of a change.
  await expect.poll(() => new Date().toISOString() > since).toBe(true);
  await publish(stack.url, await write("b"));
  await untilTold(first, "insert a", "insert b");
  const later = await open(`?since=${since}`);
  expect(toldIn(later.events)).toEqual(["insert b"]);
  expect(later.named("reset")).toHaveLength(0);
  const early = await open("?since=2020-01-01T00:00:00Z");
  expect(early.events[0]).toMatchObject({ event: "reset", data: '{"reason":"below-floor"}' });
  expect(toldIn(early.events).slice(-2)).toEqual(["insert a", "insert b"]);
});

test("variables choose among the changes, also among deletions", async () => {
  const [one, other] = [post("one", "x"), post("other", "y")];
  const reader = await open("?tag=x");
  await posts.insertMany([one, other]);
  await publish(stack.url, await tap.take(2));
  await posts.updateOne({ _id: other._id }, { $set: { text: "other still" } });
  await posts.deleteOne({ _id: other._id });
  await posts.deleteOne({ _id: one._id });
  await publish(stack.url, await tap.take(3));
  await untilTold(reader, "insert one", "delete");
  expect(changesIn(reader.events).at(-1)?.documentKey).toEqual({ _id: one._id.toHexString() });
});

test("a change never carries a document as it was before", async () => {
  const one = post("one", "x");
  const reader = await open();
  await posts.insertOne(one);
  await publish(stack.url, await tap.take(1));
  await reader.untilEvent("change");
  // Too long to be kept with its change.
  await posts.updateOne({ _id: one._id }, { $set: { text: "x".repeat(600_000) } });
  await publish(
    stack.url,
    (await tap.take(1)).map(({ _id, ...event }) => ({ ...event, _id, fullDocument: undefined })),
  );
  await reader.untilEvent("change", 1);
  expect(changesIn(reader.events)[1]).not.toHaveProperty("fullDocument");
  // Gone by the time that anybody asks what it was like.
  const gone = await open("", { "last-event-id": lastIdOf(reader) });
  const two = post("two");
  await posts.insertOne(two);
  await posts.updateOne({ _id: two._id }, { $set: { text: "two changed" } });
  await posts.deleteOne({ _id: two._id });
  await publish(stack.url, await tap.take(3));
  await gone.untilEvent("change", 2);
  expect(toldIn(gone.events)).toEqual(["insert two", "update", "delete"]);
});

test("the changes that are kept can be read as JSON, and a stream continues from there", async () => {
  const reader = await open();
  await publish(stack.url, await write("a", "b"));
  await untilTold(reader, "insert a", "insert b");
  const answer = await readTopic(stack, TOPIC);
  const { id, items } = (await answer.json()) as { id: string; items: ChangeEventData[] };
  expect(items.slice(-2).map(({ fullDocument }) => fullDocument?.["text"])).toEqual(["a", "b"]);
  await publish(stack.url, await write("c"));
  const after = await open(`?lastEventId=${id}`);
  expect(toldIn(after.events)).toEqual(["insert c"]);
});

test(
  "a reader that is slower than what is kept gets a reset and then all that is kept, and nothing is ever merged",
  { timeout: 180_000 },
  async () => {
    // Its hub gives nobody up who shows no sign of life for a while.
    const patient = await startStreamsStack({ HEARTBEAT_SECONDS: "60" }, stack.mongoUri);
    onTestFinished(() => patient.stop());
    const reading = await openTopic(patient, TOPIC);
    const slow = new SocketReader(`${patient.url}/api/streams/${TOPIC}`, {});
    onTestFinished(() => slow.close());
    const tellLast = async (text: string): Promise<void> => {
      await tap.skip();
      await publish(patient.url, await write(text));
      await reading.until(() => reading.events.at(-1)?.data.includes(`"${text}"`) ?? false, text);
    };
    /** What was sent to a socket before its last ping has arrived: there is room for a megabyte more. */
    const makeRoom = async (): Promise<void> => {
      const pongs = slow.texts.length;
      slow.socket.send("ping");
      await slow.until(() => slow.texts.indexOf("pong", pongs) >= 0, "pong");
    };
    await slow.until(() => slow.named("live").length > 0, "live");
    await makeRoom();
    const padding = "x".repeat(2000);
    for (let batch = 0; batch < 20; batch++) {
      await posts.insertMany(
        Array.from({ length: 100 }, (_, index) => post(`${batch * 100 + index} ${padding}`)),
      );
      await tellLast(`end of ${batch}`);
    }
    expect(reading.named("change")).toHaveLength(2020);
    expect(slow.named("change").length).toBeLessThan(KEPT);
    for (let round = 1; round <= 4; round++) {
      await makeRoom();
      await tellLast(`round ${round}`);
    }
    await slow.until(() => JSON.stringify(slow.messages.at(-1)?.data).includes("round 4"), "the last one");
    expect(slow.named("reset").map(({ data }) => data)).toEqual([{ reason: "below-floor" }]);
    const ids = slow.messages
      .slice(slow.messages.findIndex(({ event }) => event === "reset"))
      .flatMap(({ id }) => id ?? []);
    const last = reading
      .named("change")
      .map(({ id }) => id)
      .slice(-ids.length);
    expect(ids).toEqual(last);
    expect(ids.length).toBeGreaterThanOrEqual(KEPT);
    const late = await openTopic(patient, TOPIC, { "last-event-id": reading.named("change")[0]?.id ?? "" });
    expect(late.events[0]).toMatchObject({ event: "reset", data: '{"reason":"below-floor"}' });
    expect(late.named("change")).toHaveLength(KEPT);
  },
);
