import { ObjectId } from "bson";
import { afterAll, beforeAll, expect, test } from "vitest";

import { topicName } from "../../streams/declare/topicName.ts";
import { mealplans } from "../../streams/mealplans.ts";
import { Audience } from "../support/Audience.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { startFeed } from "../support/feed.ts";
import { OutsideEdits } from "../support/outsideEdits.ts";
import { makeHome } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

const MEGABYTE = 1024 * 1024;

/** What one row may hold where the hubs are deployed, in bytes. */
const LONGEST_ROW = 2_000_000;

let stack: Stack;
let view: DatabaseView;

beforeAll(async () => {
  // A reconcile could only hide what the feed does not do.
  stack = await startStack({ vars: { HEARTBEAT_SECONDS: "1", RECONCILE_SECONDS: "3600" } });
  view = new DatabaseView(stack.mongoUri);
});
afterAll(async () => {
  await view.close();
  await stack.stop();
});

test("a plan whose event is far too long for the hook shows on every page, by the feed alone", async () => {
  const home = await makeHome(stack.url);
  const edits = new OutsideEdits(view.db, home.plan._id);
  const triggers = await startFeed(stack);
  const audience = await Audience.open(home);
  // Each of these is posted as twelve characters.
  await edits.note("🍅".repeat(MEGABYTE / 4));
  await audience.untilShown("🍅🍅🍅");
  await audience.untilEqual(view.db);
  await edits.note("m".repeat(4 * MEGABYTE));
  await audience.untilShown("mmm");
  await audience.untilEqual(view.db);
  await edits.note("small again");
  await audience.untilShown("small again");
  await audience.untilEqual(view.db);
  expect(triggers.lost()).toEqual([]);
  audience.expectOrder();
});

/** How many bytes the largest row of a plan's hub holds. */
async function largestRow(planId: string): Promise<unknown> {
  const options = { name: topicName(mealplans, planId) };
  const { exec } = await stack.harness.getWorker().getDurableObjectStorage("HUBS", options);
  const sizes = ["items", "parts"].map((table) => `SELECT length(CAST(data AS BLOB)) AS size FROM ${table}`);
  const [row] = await exec(`SELECT max(size) AS largest FROM (${sizes.join(" UNION ALL ")})`);
  return row?.["largest"];
}

test.for(["m".repeat(3), "🍅"])(
  "however long a plan of %s is, its hub stores it in rows that the platform takes",
  async (text) => {
    const home = await makeHome(stack.url);
    const reader = await Audience.open(home, { pages: 1, socket: false });
    await startFeed(stack);
    await new OutsideEdits(view.db, home.plan._id).note(text.repeat(MEGABYTE));
    await reader.untilShown(text);
    await reader.untilEqual(view.db);
    // The runtime of a laptop takes longer ones.
    expect(await largestRow(home.plan._id)).toBeLessThan(LONGEST_ROW);
  },
);

test.for([
  ["the hook", "🍅".repeat(MEGABYTE / 4)],
  ["one row of the hub's storage", "m".repeat(5 * MEGABYTE)],
] as const)(
  "who is taken out of a plan too long for %s loses the stream at once, by the feed alone",
  async ([, note]) => {
    const home = await makeHome(stack.url);
    const edits = new OutsideEdits(view.db, home.plan._id);
    await startFeed(stack);
    const audience = await Audience.open(home, { pages: 1, socket: false });
    await edits.note(note);
    await audience.untilShown(note.slice(0, 100));
    await view.db
      .collection("mealplans")
      .updateOne({ _id: new ObjectId(home.plan._id) }, { $set: { memberIds: [] } });
    await expect.poll(() => audience.pages[0]?.named("revoked").length).toBe(1);
  },
);
