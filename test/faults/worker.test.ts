import { afterEach, beforeEach, expect, test } from "vitest";

import { Audience } from "../support/Audience.ts";
import type { ChildServer } from "../support/ChildServer.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { startFeed } from "../support/feed.ts";
import { OutsideEdits } from "../support/outsideEdits.ts";
import { makeHome, type Home } from "../support/people.ts";
import { databaseProcess, workerProcess } from "../support/processes.ts";
import { statusOf } from "../support/status.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import type { Triggers } from "../support/triggers.ts";

const CHANGES = 50;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let database: ChildServer;
let worker: ChildServer;
let url: string;
let mongoUri: string;
let view: DatabaseView;
let home: Home;
let edits: OutsideEdits;

beforeEach(async () => {
  folder = await temporaryFolder();
  database = await databaseProcess(folder.path);
  await database.start();
  mongoUri = `mongodb://127.0.0.1:${database.port}/mealcast?replicaSet=rs0`;
  // What comes after the restart is to come by the feed, not by a reconcile.
  worker = await workerProcess(folder.path, mongoUri, { RECONCILE_SECONDS: "3600" });
  await worker.start();
  url = `http://127.0.0.1:${worker.port}`;
  view = new DatabaseView(mongoUri);
  home = await makeHome(url);
  edits = new OutsideEdits(view.db, home.plan._id);
});
afterEach(async () => {
  await worker.kill();
  await view.close();
  await database.kill();
  await folder[Symbol.asyncDispose]();
});

/** The note of the plan as the hub holds it, while the database is gone. */
async function heldNote(): Promise<string> {
  return (await home.owner.json<{ note: string }>("GET", `/api/mealplans/${home.plan._id}`)).note;
}

/** How many events the hubs have taken in since the Worker started. */
async function heard(): Promise<number> {
  const { published = 0, repeats = 0, stale = 0 } = (await statusOf(url)).counters;
  return published + repeats + stale;
}

/** How many posts of the function nobody answered. */
function unanswered({ entries }: Triggers): number {
  return entries.filter(({ message }) => message.startsWith("No answer from the hook")).length;
}

test(
  "when the Worker is killed while fifty changes are made and posted in vain, every page ends equal and none is lost",
  { timeout: 120_000 },
  async () => {
    const triggers = await startFeed({ url, mongoUri });
    const audience = await Audience.open(home, { socket: false });
    await edits.note("before the fall");
    await audience.untilEqual(view.db);
    await worker.kill();
    await edits.notes("change", CHANGES);
    // So the function has been refused, and waits for its next attempt, for more than one of them.
    await expect.poll(() => unanswered(triggers), { timeout: 60_000 }).toBeGreaterThan(CHANGES);
    await worker.start();
    await audience.untilEqual(view.db);
    await edits.note("after the fall");
    await audience.untilShown("after the fall");
    await audience.untilEqual(view.db);
    expect(triggers.lost()).toEqual([]);
    audience.expectOrder();
    for (const page of audience.pages) expect(page.named("reset")).toHaveLength(0);
  },
);

test(
  "a plan that nobody watched while the Worker was killed has every change by the function's retries alone",
  { timeout: 120_000 },
  async () => {
    const triggers = await startFeed({ url, mongoUri });
    await worker.kill();
    await edits.notes("change", CHANGES);
    await worker.start();
    // At least once, and there are other collections too.
    await expect.poll(heard, { timeout: 60_000 }).toBeGreaterThanOrEqual(CHANGES);
    expect(triggers.lost()).toEqual([]);
    await database.kill();
    await expect.poll(heldNote, { timeout: 60_000 }).toBe(`change ${CHANGES}`);
  },
);
