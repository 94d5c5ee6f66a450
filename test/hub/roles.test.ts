import { fileURLToPath } from "node:url";

import { ObjectId, Timestamp } from "bson";
import type { Collection } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";

import { writeAtlasApp } from "../../launcher/writeAtlasApp.ts";
import type { CrashableHubs } from "../support/crashableWorker.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { startRelayedFeed } from "../support/feed.ts";
import { publish } from "../support/hook.ts";
import { register, type Person } from "../support/people.ts";
import { expectProblem } from "../support/problems.ts";
import { SocketReader } from "../support/socketReader.ts";
import type { Stack } from "../support/stack.ts";
import type { StreamReader } from "../support/streamReader.ts";
import { lastIdOf, openTopic, readTopic, startStreamsStack } from "../support/streamsStack.ts";
import { testStreams } from "../support/streamsWorker/declarations.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

interface StoredUser {
  readonly _id: ObjectId;
  readonly roles?: readonly string[];
}

let stack: Stack;
let view: DatabaseView;
let users: Collection<StoredUser>;
let appFolder: Awaited<ReturnType<typeof temporaryFolder>>;
let app: string;

beforeAll(async () => {
  // No reconcile comes to help, nor does a heartbeat.
  stack = await startStreamsStack({ RECONCILE_SECONDS: "3600", HEARTBEAT_SECONDS: "600" });
  view = new DatabaseView(stack.mongoUri);
  users = view.db.collection("users");
  appFolder = await temporaryFolder();
  app = await writeAtlasApp(ROOT, `${appFolder.path}/app`, testStreams, "mealcast");
});
afterAll(async () => {
  await view.close();
  await stack.stop();
  await appFolder[Symbol.asyncDispose]();
});

function idOf(person: Person): ObjectId {
  return new ObjectId(person.user._id);
}

async function someoneWith(...roles: readonly string[]): Promise<Person> {
  const person = await register(stack.url);
  await users.updateOne({ _id: idOf(person) }, { $set: { roles } });
  return person;
}

function openAs(person: Person, topic: string): Promise<StreamReader> {
  return openTopic(stack, topic, { cookie: person.cookie });
}

/** Runs the real triggers of the streams; answers the bodies that they post. */
async function feed(): Promise<readonly string[]> {
  const bodies: string[] = [];
  const fate = (body: string) => {
    bodies.push(body);
    return "pass" as const;
  };
  await startRelayedFeed({ url: stack.url, mongoUri: stack.mongoUri, functionsDir: app }, fate);
  return bodies;
}

/** Ends a hub with all that it has in memory. */
async function crashHub(topic: string): Promise<void> {
  const { HUBS } = (await stack.harness.getWorker().getEnv()) as CrashableHubs;
  // Whoever asks an object to die gets no answer from it.
  await HUBS.getByName(topic)
    .crash()
    .catch(() => undefined);
}

/** Where a person is known to stream from. */
async function topicsOf(person: Person): Promise<readonly unknown[]> {
  const options = { name: person.user._id };
  const { exec } = await stack.harness.getWorker().getDurableObjectStorage("USER_SESSIONS", options);
  return (await exec("SELECT topic FROM streams")).map(({ topic }) => topic);
}

/** Makes the database slow to answer the next who reads a topic. */
async function holdUp(collection: string): Promise<void> {
  const data = {
    failCommands: ["find", "aggregate"],
    namespace: `mealcast.${collection}`,
    blockConnection: true,
    blockTimeMS: 2000,
  };
  await view.db.admin().command({ configureFailPoint: "failCommand", mode: { times: 1 }, data });
}

async function expectRevoked(reader: StreamReader): Promise<void> {
  const { data } = await reader.untilEvent("revoked");
  expect(JSON.parse(data)).toEqual({ reason: "no-longer-a-member" });
  await reader.untilEnded();
}

test("who loses his role in the database loses his open streams by it at once, and no others", async () => {
  await feed();
  const [eve, ann] = [await someoneWith("cook", "editor"), await someoneWith("editor")];
  const [desk, room, other] = [
    await openAs(eve, "desk"),
    await openAs(eve, "room"),
    await openAs(ann, "desk"),
  ];
  const socket = new SocketReader(`${stack.url}/api/streams/desk`, { cookie: eve.cookie });
  await socket.until(() => socket.named("live").length > 0, "live");
  await users.updateOne({ _id: idOf(eve) }, { $pull: { roles: "editor" } as never });
  await expectRevoked(desk);
  await socket.until(() => socket.named("revoked").length > 0, "revoked");
  expect(socket.messages.at(-1)).toEqual({ event: "revoked", data: { reason: "no-longer-a-member" } });
  expect([room.ended, other.ended]).toEqual([false, false]);
  await expectProblem(await readTopic(stack, "desk", { cookie: eve.cookie }), "not-found");
});

test("whose account is deleted has no role any more, nor has whose document is replaced without one", async () => {
  await feed();
  for (const end of ["deleteOne", "replaceOne"] as const) {
    const eve = await someoneWith("editor");
    const desk = await openAs(eve, "desk");
    if (end === "deleteOne") await users.deleteOne({ _id: idOf(eve) });
    else await users.replaceOne({ _id: idOf(eve) }, {});
    await expectRevoked(desk);
  }
});

test("who is given a role begins anew on his open streams as what he is now, and so when it is taken", async () => {
  await feed();
  const letter = { _id: new ObjectId(), text: "to nobody", readers: [], remark: "for editors" };
  await view.db.collection("letters").insertOne(letter);
  const ann = await someoneWith("cook");
  const stream = await openAs(ann, "letters");
  const socket = new SocketReader(`${stack.url}/api/streams/letters`, { cookie: ann.cookie });
  await socket.until(() => socket.named("live").length > 0, "live");
  expect(stream.named("message")).toHaveLength(0);
  // An update of a list names the place in it, not the list.
  await users.updateOne({ _id: idOf(ann) }, { $push: { roles: "editor" } as never });
  await stream.untilEvent("live", 1);
  expect(JSON.parse(stream.named("reset")[0]?.data ?? "")).toEqual({ reason: "new-rights" });
  expect(stream.latest).toMatchObject({ text: "to nobody", remark: "for editors" });
  await socket.until(() => socket.named("live").length > 1, "live again");
  expect(socket.named("message").at(-1)?.data).toMatchObject({ remark: "for editors" });
  await users.updateOne({ _id: idOf(ann) }, { $pull: { roles: "editor" } as never });
  await stream.untilEvent("live", 2);
  expect(stream.named("message")).toHaveLength(1);
  await view.db
    .collection("letters")
    .updateOne({ _id: letter._id }, { $set: { remark: "still none of yours" } });
  const own = { text: "to Ann", tags: [], readers: [ann.user._id] };
  await view.db.collection("letters").insertOne({ _id: new ObjectId(), ...own } as never);
  await stream.until(() => JSON.stringify(stream.latest).includes("to Ann"), "a letter of one's own");
  expect(JSON.stringify(stream.events)).not.toContain("still none of yours");
});

test("who was given a role, or lost it, while he was away begins anew when he resumes; else he continues", async () => {
  await feed();
  const letter = { _id: new ObjectId(), text: "while away", readers: [], remark: "for editors" };
  await view.db.collection("letters").insertOne(letter);
  const ann = await someoneWith("cook");
  const resume = (from: StreamReader) =>
    openTopic(stack, "letters", { cookie: ann.cookie, "last-event-id": lastIdOf(from) });
  const before = await openAs(ann, "letters");
  const own = { text: "to Ann", tags: [], readers: [ann.user._id] };
  await view.db.collection("letters").insertOne({ _id: new ObjectId(), ...own } as never);
  await before.untilEvent("message");
  before.close();
  const same = await resume(before);
  expect(same.named("reset")).toHaveLength(0);
  same.close();
  await users.updateOne({ _id: idOf(ann) }, { $set: { roles: ["cook", "editor"] } });
  const editor = await resume(before);
  expect(editor.named("reset")).toHaveLength(1);
  expect(JSON.stringify(editor.events)).toContain("while away");
  editor.close();
  expect((await resume(editor)).named("reset")).toHaveLength(0);
  await users.updateOne({ _id: idOf(ann) }, { $set: { roles: ["cook"] } });
  const after = await resume(editor);
  expect(after.named("reset")).toHaveLength(1);
  expect(JSON.stringify(after.events)).not.toContain("while away");
});

test("of a user, a trigger posts the id and the roles and nothing else", async () => {
  const bodies = await feed();
  const eve = await someoneWith("editor");
  const desk = await openAs(eve, "desk");
  await users.updateOne({ _id: idOf(eve) }, { $set: { roles: [], passwordHash: "a secret" } as never });
  await expectRevoked(desk);
  const events = bodies
    .map((body) => JSON.parse(body) as { ns: { coll: string }; fullDocument: object })
    .filter(({ ns }) => ns.coll === "users");
  expect(events.length).toBeGreaterThan(1);
  for (const { fullDocument } of events)
    expect(["_id", "roles"]).toEqual(expect.arrayContaining(Object.keys(fullDocument)));
  expect(bodies.join()).not.toMatch(/password|a secret|example\.com/);
});

test("an event of roles that comes late or twice ends no stream, and is no news", async () => {
  const eve = await someoneWith("editor");
  const desk = await openAs(eve, "desk");
  const event = {
    _id: { _data: "8260000000000000012B042C0100296E5A1004" },
    operationType: "update",
    clusterTime: new Timestamp({ t: 0x60000000, i: 1 }),
    ns: { db: "mealcast", coll: "users" },
    documentKey: { _id: idOf(eve) },
  };
  const late = { ...event, fullDocument: { _id: idOf(eve), roles: [] } };
  const known = { ...event, fullDocument: { _id: idOf(eve), roles: ["editor"] } };
  for (const old of [late, known, known]) expect(await publish(stack.url, [old])).toEqual(["repeat"]);
  await eve.json("POST", "/api/streams/desk", { text: "still here", tags: [] });
  await desk.until(() => JSON.stringify(desk.latest).includes("still here"), "the insert");
  expect(desk.ended).toBe(false);
});

test("who loses his role while his stream is on its way does not keep the stream", async () => {
  await feed();
  const eve = await someoneWith("editor");
  // To the first who comes, the hub reads the topic.
  await crashHub("desk/all");
  await holdUp("desk");
  const opening = openAs(eve, "desk");
  await expect.poll(() => topicsOf(eve)).toContain("desk/all");
  await users.updateOne({ _id: idOf(eve) }, { $set: { roles: [] } });
  const stream = await opening;
  if (stream.response.ok) await expectRevoked(stream);
  else expect(stream.response.status).toBe(404);
});
