import { ObjectId } from "bson";
import { expect, onTestFinished, test } from "vitest";

import { Audience } from "../support/Audience.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { startFeed } from "../support/feed.ts";
import { planEvent, publish } from "../support/hook.ts";
import { OutsideEdits } from "../support/outsideEdits.ts";
import { makeHome } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";

const MOST_AT_ONCE = 50;

/** More than 200 a second on any machine that people work on; a slow one does fewer in this time. */
const SECONDS = 30;

async function stackFor(reconcileSeconds: number): Promise<Stack> {
  const stack = await startStack({ vars: { RECONCILE_SECONDS: String(reconcileSeconds) } });
  onTestFinished(() => stack.stop());
  return stack;
}

/** Does something as often as it can for a while, and waits for all of it. Answers how often. */
async function flood(act: (number: number) => Promise<unknown>): Promise<number> {
  const end = performance.now() + SECONDS * 1000;
  const running = new Set<Promise<unknown>>();
  let number = 0;
  while (performance.now() < end) {
    const one = act(++number).finally(() => running.delete(one));
    running.add(one);
    if (running.size >= MOST_AT_ONCE) await Promise.race(running);
  }
  await Promise.all(running);
  return number;
}

test(
  "a flood of events at the hook is merged for pages, and each ends with the newest",
  { timeout: 240_000 },
  async () => {
    // The database knows nothing of these events, so it must not be asked.
    const stack = await stackFor(3600);
    const home = await makeHome(stack.url);
    const audience = await Audience.open(home, { pages: 5 });
    const planId = new ObjectId(home.plan._id);
    const memberIds = [new ObjectId(home.owner.user._id)];
    const seconds = Math.floor(Date.now() / 1000) + 20;
    const total = await flood((increment) => {
      const fullDocument = { _id: planId, note: `event ${increment}.`, memberIds };
      return publish(stack.url, [planEvent({ planId, seconds, increment, fullDocument })]);
    });
    await audience.untilShown(`event ${total}.`);
    audience.expectOrder();
    for (const page of audience.pages) expect(page.named("message").length).toBeLessThan(total);
  },
);

test(
  "a flood of changes made in the database leaves every page equal to it",
  { timeout: 300_000 },
  async () => {
    // Whatever the function gives up on a machine that can't keep pace, a reconcile makes up for.
    const stack = await stackFor(5);
    const view = new DatabaseView(stack.mongoUri);
    onTestFinished(() => view.close());
    const home = await makeHome(stack.url);
    await startFeed(stack);
    const audience = await Audience.open(home, { pages: 5 });
    const edits = new OutsideEdits(view.db, home.plan._id);
    await flood((number) => edits.note(`change ${number}`));
    await audience.untilEqual(view.db, 120_000);
    audience.expectOrder();
  },
);
