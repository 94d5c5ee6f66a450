import { afterAll, beforeAll, expect, test } from "vitest";

import { Audience } from "../support/Audience.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { startFeed } from "../support/feed.ts";
import { OutsideEdits } from "../support/outsideEdits.ts";
import { makeHome } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

const MEGABYTE = 1024 * 1024;

let stack: Stack;
let view: DatabaseView;

beforeAll(async () => {
  stack = await startStack({ vars: { HEARTBEAT_SECONDS: "1", RECONCILE_SECONDS: "2" } });
  view = new DatabaseView(stack.mongoUri);
});
afterAll(async () => {
  await view.close();
  await stack.stop();
});

test("a plan of a megabyte, whose event is too large for the hook, shows on every page after a reconcile", async () => {
  const home = await makeHome(stack.url);
  const edits = new OutsideEdits(view.db, home.plan._id);
  const triggers = await startFeed(stack);
  const audience = await Audience.open(home);
  await edits.note("m".repeat(MEGABYTE));
  await audience.untilEqual(view.db);
  await expect
    .poll(() => triggers.lost().map(({ error }) => String(error)))
    .toEqual([expect.stringContaining("status 413")]);
  await edits.note("small again");
  await audience.untilShown("small again");
  await audience.untilEqual(view.db);
  audience.expectOrder();
});

test("a plan too large to be streamed ends no stream, and shows again when it is smaller", async () => {
  const home = await makeHome(stack.url);
  const edits = new OutsideEdits(view.db, home.plan._id);
  const audience = await Audience.open(home);
  const [page] = audience.pages;
  await edits.note("g".repeat(4 * MEGABYTE));
  // Two reconciles come by in the meantime.
  const pings = page?.named("ping").length ?? 0;
  await expect.poll(() => page?.named("ping").length, { timeout: 30_000 }).toBeGreaterThan(pings + 4);
  await edits.note("small again");
  await audience.untilShown("small again");
  await audience.untilEqual(view.db);
  audience.expectOrder();
  for (const { streams } of audience.pages) expect(streams).toHaveLength(1);
});
