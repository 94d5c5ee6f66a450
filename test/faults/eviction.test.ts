import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { topicName } from "../../streams/declare/topicName.ts";
import { mealplans } from "../../streams/mealplans.ts";
import { Audience } from "../support/Audience.ts";
import { writeCrashableWorker } from "../support/crashableWorker.ts";
import { crashHub } from "../support/crashHub.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { startFeed } from "../support/feed.ts";
import { OutsideEdits } from "../support/outsideEdits.ts";
import { makeHome, type Home } from "../support/people.ts";
import { SocketReader } from "../support/socketReader.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const CRASHES = 10;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let stack: Stack;
let view: DatabaseView;
let home: Home;
let edits: OutsideEdits;

beforeAll(async () => {
  folder = await temporaryFolder();
  stack = await startStack({
    configPath: await writeCrashableWorker(folder.path),
    vars: { RECONCILE_SECONDS: "3600" },
  });
  view = new DatabaseView(stack.mongoUri);
});
afterAll(async () => {
  await view.close();
  await stack.stop();
  await folder[Symbol.asyncDispose]();
});
beforeEach(async () => {
  home = await makeHome(stack.url);
  edits = new OutsideEdits(view.db, home.plan._id);
});

function killHub(): Promise<void> {
  return crashHub(stack, topicName(mealplans, home.plan._id));
}

test("pages ride out a hub that dies again and again between changes: no reset, nothing missed, nothing twice", async () => {
  await startFeed(stack);
  const audience = await Audience.open(home, { socket: false });
  for (let crash = 1; crash <= CRASHES; crash++) {
    await edits.notes(`round ${crash}, change`, 3);
    await killHub();
    await edits.note(`after crash ${crash}`);
    await audience.untilEqual(view.db);
  }
  audience.expectOrder();
  for (const page of audience.pages) {
    expect(page.streams.length).toBeGreaterThan(CRASHES);
    expect(page.named("reset")).toHaveLength(0);
  }
});

test("a socket whose hub dies is closed, and continues with the id that it had", async () => {
  const url = `${stack.url}/api/mealplans/updates/${home.plan._id}`;
  const { cookie } = home.owner;
  const socket = new SocketReader(url, { cookie });
  await socket.until(() => socket.named("live").length > 0, "live");
  const id = socket.messages.findLast((message) => message.id !== undefined)?.id;
  await killHub();
  await socket.until(() => socket.closed !== null, "the end");
  await edits.note("while it was away");
  const again = new SocketReader(`${url}?lastEventId=${id}`, { cookie });
  await again.until(() => again.named("live").length > 0, "live");
  expect(again.named("reset")).toHaveLength(0);
  expect(JSON.stringify(again.named("message").at(-1)?.data)).toContain("while it was away");
  again.close();
});

test("a hub that sleeps under an open socket wakes for a change and hands it over", async () => {
  const { cookie } = home.owner;
  const socket = new SocketReader(`${stack.url}/api/mealplans/updates/${home.plan._id}`, { cookie });
  await socket.until(() => socket.named("live").length > 0, "live");
  await startFeed(stack);
  for (let nap = 1; nap <= 3; nap++) {
    const name = topicName(mealplans, home.plan._id);
    await stack.harness.getWorker().evictDurableObject("HUBS", { name, webSockets: "hibernate" });
    await edits.note(`after nap ${nap}`);
    await socket.until(
      () => JSON.stringify(socket.named("message").at(-1)).includes(`after nap ${nap}`),
      "the change",
    );
  }
  expect(socket.closed).toBeNull();
  expect(socket.named("message")).toHaveLength(4);
  socket.close();
});
