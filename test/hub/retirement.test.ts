import { afterAll, beforeAll, expect, test } from "vitest";

import { makeHome, type Home } from "../support/people.ts";
import { SocketReader } from "../support/socketReader.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { StreamReader } from "../support/streamReader.ts";

const STREAMS = 12;

let stack: Stack;
let home: Home;

beforeAll(async () => {
  stack = await startStack({ vars: { HEARTBEAT_SECONDS: "0.2", STREAM_SECONDS: "6" } });
  home = await makeHome(stack.url);
});
afterAll(() => stack.stop());

function streamUrl(): string {
  return `${stack.url}/api/mealplans/updates/${home.plan._id}`;
}

function open(headers: Record<string, string> = {}): Promise<StreamReader> {
  return StreamReader.open(streamUrl(), { headers: { cookie: home.owner.cookie, ...headers } });
}

/** Resolves with the heartbeats that a stream had before it was told to go. */
async function lifeOf(reader: StreamReader): Promise<number> {
  const bye = await reader.untilEvent("bye");
  await reader.untilEnded();
  expect(JSON.parse(bye.data)).toEqual({ reason: "retired" });
  return reader.named("ping").length;
}

test("streams that were opened together are retired at different times, and continue where they were", async () => {
  const readers = await Promise.all(Array.from({ length: STREAMS }, () => open()));
  const lives = await Promise.all(readers.map(lifeOf));
  expect(new Set(lives).size).toBeGreaterThan(STREAMS / 4);
  const { id } = readers[0]?.named("message").at(-1) ?? {};
  const next = await open({ "last-event-id": id ?? "" });
  await next.untilEvent("live");
  expect(next.named("message")).toHaveLength(0);
  expect(next.named("reset")).toHaveLength(0);
  next.close();
});

test("a socket is retired as well", async () => {
  const socket = new SocketReader(streamUrl(), { cookie: home.owner.cookie });
  await socket.until(() => socket.named("bye").length > 0, "bye");
  expect(socket.messages.at(-1)).toEqual({ event: "bye", data: { reason: "retired" } });
});
