import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";

import { Audience } from "../support/Audience.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { join, makeHome, type Home, type Person } from "../support/people.ts";
import { PausableStream } from "../support/PausableStream.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { untilClients } from "../support/status.ts";

const RECONNECTS = 1000;
const AT_ONCE = 20;
const LEAVERS = 100;

let stack: Stack;
/** With a long time between two heartbeats. */
let calm: Stack;
let view: DatabaseView;
let home: Home;

beforeAll(async () => {
  stack = await startStack({ vars: { HEARTBEAT_SECONDS: "1" } });
  calm = await startStack({ mongoUri: stack.mongoUri, vars: { HEARTBEAT_SECONDS: "5" } });
  view = new DatabaseView(stack.mongoUri);
});
afterAll(async () => {
  await view.close();
  await calm.stop();
  await stack.stop();
});
beforeEach(async () => {
  home = await makeHome(stack.url);
});

function open(person: Person, lastId?: string): Promise<PausableStream> {
  return PausableStream.open(`${stack.url}/api/mealplans/updates/${home.plan._id}`, {
    cookie: person.cookie,
    ...(lastId !== undefined && { "last-event-id": lastId }),
  });
}

async function add(title: string): Promise<void> {
  const entry = { day: "monday", meal: "dinner", title };
  await home.owner.json("POST", `/api/mealplans/${home.plan._id}/entries`, entry);
}

function heartbeatsOf(client: PausableStream): number {
  return client.named("ping").length;
}

test("a client that vanishes without closing is gone from presence and from the status", async () => {
  const jane = await join(home, "Jane");
  const audience = await Audience.open(home, { pages: 1 });
  const hers = await open(jane);
  onTestFinished(() => hers.close());
  const viewers = () => audience.pages[0]?.named("presence").at(-1)?.data ?? "";
  await expect.poll(viewers).toContain("Jane");
  await untilClients(stack.url, 3);
  hers.vanish();
  await expect.poll(viewers).not.toContain("Jane");
  await untilClients(stack.url, 2);
  await add("Soup");
  await audience.untilEqual(view.db);
});

test("clients that all leave at once without a word are counted until the next heartbeat, not the one after", async () => {
  const { url } = calm;
  home = await makeHome(url);
  const { cookie } = home.owner;
  const address = `${url}/api/mealplans/updates/${home.plan._id}`;
  const clients = await Promise.all(
    Array.from({ length: LEAVERS + 1 }, () => PausableStream.open(address, { cookie })),
  );
  const [staying, ...leaving] = clients;
  if (!staying) throw new Error("unreachable");
  onTestFinished(() => staying.close());
  await untilClients(url, LEAVERS + 1);
  // With nothing on its way to them, all of the next heartbeats are sent to nobody.
  await Promise.all(clients.map((client) => client.until(() => heartbeatsOf(client) > 0, "a heartbeat")));
  const before = heartbeatsOf(staying);
  for (const client of leaving) client.close();
  await untilClients(url, 1);
  expect(heartbeatsOf(staying)).toBeLessThanOrEqual(before + 1);
});

test(
  "a client that reconnects a thousand times leaves nothing behind, and continues each time",
  { timeout: 180_000 },
  async () => {
    const audience = await Audience.open(home, { pages: 1 });
    await untilClients(stack.url, 2);
    let lastId: string | undefined;
    let resets = 0;
    for (let round = 0; round < RECONNECTS / AT_ONCE; round++) {
      // One change in each round, so that there is something to continue with.
      await add(`Dish ${round}`);
      const streams = await Promise.all(Array.from({ length: AT_ONCE }, () => open(home.owner, lastId)));
      await Promise.all(streams.map((stream) => stream.until(() => stream.named("live").length > 0, "live")));
      lastId = streams[0]?.lastId ?? lastId;
      resets += streams.flatMap((stream) => stream.named("reset")).length;
      for (const [index, stream] of streams.entries()) {
        if (index % 2 === 0) stream.vanish();
        else stream.close();
      }
    }
    await untilClients(stack.url, 2);
    expect(resets).toBe(0);
    await add("The last");
    await audience.untilEqual(view.db);
    audience.expectOrder();
  },
);
