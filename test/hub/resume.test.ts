import { afterAll, beforeAll, expect, test } from "vitest";

import { makeHome, type Home } from "../support/people.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { StreamReader } from "../support/streamReader.ts";

let stack: Stack;
let home: Home;

beforeAll(async () => {
  stack = await startStack({ vars: { HEARTBEAT_SECONDS: "0.5" } });
  home = await makeHome(stack.url);
});
afterAll(() => stack.stop());

function open(headers: Record<string, string> = {}, query = "") {
  const url = `${stack.url}/api/mealplans/updates/${home.plan._id}${query}`;
  return StreamReader.open(url, { headers: { cookie: home.owner.cookie, ...headers } });
}

async function add(title: string): Promise<void> {
  const entry = { day: "friday", meal: "lunch", title };
  await home.owner.json("POST", `/api/mealplans/${home.plan._id}/entries`, entry);
}

/** The id of the newest event. */
async function newestId(): Promise<string> {
  const reader = await open();
  const { id } = await reader.untilEvent("message");
  reader.close();
  return id ?? "";
}

test("who continues from the newest id gets live and nothing else", async () => {
  const reader = await open({ "last-event-id": await newestId() });
  await reader.untilEvent("live");
  expect(reader.events[0]?.event).toBe("live");
  reader.close();
});

test("who continues from an older id gets what came since, without a reset", async () => {
  const id = await newestId();
  await add("Stew");
  const reader = await open({ "last-event-id": id });
  await reader.untilEvent("live");
  expect(reader.events.map(({ event }) => event).slice(0, 2)).toEqual(["message", "live"]);
  expect(JSON.stringify(reader.latest)).toContain("Stew");
  reader.close();
});

test("a page that can't set headers continues with lastEventId in the address", async () => {
  const reader = await open({}, `?lastEventId=${await newestId()}`);
  await reader.untilEvent("live");
  expect(reader.events[0]?.event).toBe("live");
  reader.close();
});

test("the header, which a browser sends on its own, wins over the address", async () => {
  const old = await newestId();
  await add("Pie");
  const reader = await open({ "last-event-id": await newestId() }, `?lastEventId=${old}`);
  await reader.untilEvent("live");
  expect(reader.named("message")).toHaveLength(0);
  reader.close();
});

test.for([
  ["another life", "0oldlife-3", "unknown-epoch"],
  ["no hub at all", "gibberish: \u00e9", "malformed"],
  ["nothing", "x".repeat(2000), "malformed"],
] as const)("an id from %s gets a reset and the whole", async ([, id, reason]) => {
  const reader = await open({ "last-event-id": id });
  await reader.untilEvent("live");
  const [reset, message] = reader.events;
  expect(reset).toMatchObject({ event: "reset", data: JSON.stringify({ reason }) });
  expect(message?.event).toBe("message");
  reader.close();
});

test("an empty id, in the header or in the address, is none: it is a first visit, without a reset", async () => {
  for (const [headers, query] of [
    [{ "last-event-id": "" }, ""],
    [{}, "?lastEventId="],
  ] as const) {
    const reader = await open(headers, query);
    await reader.untilEvent("live");
    expect(reader.events.slice(0, 2).map(({ event }) => event)).toEqual(["message", "live"]);
    reader.close();
  }
});

test("an empty id in the header does not hide the one in the address", async () => {
  const reader = await open({ "last-event-id": "" }, `?lastEventId=${await newestId()}`);
  await reader.untilEvent("live");
  expect(reader.events[0]?.event).toBe("live");
  reader.close();
});

test("an id from the future gets a reset and the whole", async () => {
  const [epoch] = (await newestId()).split("-");
  const reader = await open({ "last-event-id": `${epoch}-99999` });
  await reader.untilEvent("live");
  expect(reader.events[0]?.data).toBe('{"reason":"above-head"}');
  reader.close();
});

test("a hub that was evicted goes on where it was: ids keep their meaning", async () => {
  const id = await newestId();
  const worker = stack.harness.getWorker();
  await worker.evictDurableObject("HUBS", { name: `mealplans/${home.plan._id}` });
  await add("Cake");
  const reader = await open({ "last-event-id": id });
  await reader.untilEvent("live");
  expect(reader.events.map(({ event }) => event).slice(0, 2)).toEqual(["message", "live"]);
  reader.close();
});
