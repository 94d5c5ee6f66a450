import type { Document } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";

import { ChangeTap } from "../support/ChangeTap.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { publish } from "../support/hook.ts";
import { OutsideEdits } from "../support/outsideEdits.ts";
import { makeHome, type Home } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { StreamReader } from "../support/streamReader.ts";

let stack: Stack;
let view: DatabaseView;
let tap: ChangeTap;

beforeAll(async () => {
  // Neither a trigger nor a reconcile: what is shown comes from the write itself, or from what the test posts.
  stack = await startStack({ vars: { HEARTBEAT_SECONDS: "60", RECONCILE_SECONDS: "3600" } });
  view = new DatabaseView(stack.mongoUri);
  tap = await ChangeTap.open(view.db);
});
afterAll(async () => {
  await tap.close();
  await view.close();
  await stack.stop();
});

function fail(mode: Document, data: Document): Promise<Document> {
  return view.db.admin().command({ configureFailPoint: "failCommand", mode, data });
}

/** The writes of a plan of which the database's first answer says: done, but send it again. */
async function addDishAgain(home: Home): Promise<void> {
  const writeConcernError = { code: 91, errmsg: "shutting down" };
  const errorLabels = ["RetryableWriteError"];
  await fail({ times: 1 }, { failCommands: ["findAndModify"], writeConcernError, errorLabels });
  const entry = { day: "monday", meal: "dinner", title: "Sent twice" };
  await home.owner.json("POST", `/api/mealplans/${home.plan._id}/entries`, entry);
}

test("a write that the driver had to send again hides no change that was made outside meanwhile", async () => {
  const home = await makeHome(stack.url);
  const reader = await StreamReader.open(`${stack.url}/api/streams/mealplans/${home.plan._id}`, {
    headers: { cookie: home.owner.cookie },
  });
  await reader.untilEvent("live");
  await tap.skip();
  await addDishAgain(home);
  await new OutsideEdits(view.db, home.plan._id).note("from outside");
  // The answer to the second sending names a time that may be later than the change from outside: it is not gone by.
  const events = await tap.take(2);
  await publish(stack.url, events.toReversed());
  const { data } = await reader.untilEvent("message", 1);
  expect(JSON.parse(data)).toMatchObject({ note: "from outside", entries: [{ title: "Sent twice" }] });
  reader.close();
});
