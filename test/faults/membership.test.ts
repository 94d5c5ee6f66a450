import { ObjectId } from "bson";
import { afterAll, beforeAll, expect, test } from "vitest";

import { DatabaseView } from "../support/databaseView.ts";
import { startFeed } from "../support/feed.ts";
import { join, makeHome } from "../support/people.ts";
import type { Stack } from "../support/stack.ts";
import { openTopic, startStreamsStack } from "../support/streamsStack.ts";

let stack: Stack;
let view: DatabaseView;

beforeAll(async () => {
  // A reconcile, or the look at every heartbeat, could only hide what the feed does not do.
  stack = await startStreamsStack({ HEARTBEAT_SECONDS: "600", RECONCILE_SECONDS: "3600" });
  view = new DatabaseView(stack.mongoUri);
});
afterAll(async () => {
  await view.close();
  await stack.stop();
});

test("who is taken out of the household in the database loses its open cookbook, by the feed alone", async () => {
  const home = await makeHome(stack.url);
  const jane = await join(home, "Jane");
  await startFeed(stack);
  const topic = `recipes/${home.household._id}`;
  const mine = await openTopic(stack, topic, { cookie: home.owner.cookie });
  const hers = await openTopic(stack, topic, { cookie: jane.cookie });
  const households = view.db.collection("households");
  const left = { $pull: { members: { userId: new ObjectId(jane.user._id) } } };
  await households.updateOne({ _id: new ObjectId(home.household._id) }, left as never);
  const { data } = await hers.untilEvent("revoked");
  expect(JSON.parse(data)).toEqual({ reason: "no-longer-a-member" });
  await hers.untilEnded();
  const recipe = { householdId: new ObjectId(home.household._id), title: "Among us" };
  await view.db.collection("recipes").insertOne(recipe);
  await mine.until(() => JSON.stringify(mine.latest)?.includes("Among us"), "the recipe");
  expect(JSON.stringify(hers.events)).not.toContain("Among us");
});
