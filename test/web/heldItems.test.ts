import { afterEach, beforeEach, expect, test } from "vitest";
import { contentHash } from "../../protocol/contentHash.ts";
import { xorHash } from "../../protocol/setHash.ts";
import {
  LONGEST_FIRST_WAIT_MS,
  SOUP,
  STEW,
  openConnection,
  type OpenedConnection,
} from "./support/openConnection.ts";

let opening: OpenedConnection;
let server: OpenedConnection["server"];
let clock: OpenedConnection["clock"];
let states: OpenedConnection["states"];
let events: OpenedConnection["events"];
let held: OpenedConnection["held"];
let opened: OpenedConnection["opened"];
let connection: OpenedConnection["connection"];
let goLive: OpenedConnection["goLive"];

beforeEach(async () => {
  opening = await openConnection();
  ({ server, clock, states, events, held, opened, connection, goLive } = opening);
});

afterEach(() => opening.close());

test("a page that holds what the server says it should stays", async () => {
  const stream = await goLive();
  stream.send({ event: "ping", data: JSON.stringify({ at: "", id: "e-1", hash: contentHash(SOUP) }) });
  await events.until((all) => all.at(-1)?.event === "ping");
  expect(connection.state).toBe("live");
});

test("a page that drifted apart starts from scratch and reports it once", async () => {
  const stream = await goLive();
  stream.send({ event: "ping", data: JSON.stringify({ at: "", id: "e-1", hash: contentHash("else") }) });
  await states.untilLast("reconnecting");
  clock.advance(LONGEST_FIRST_WAIT_MS);
  const again = await server.nextStream();
  expect(Object.fromEntries(again.url.searchParams)).toEqual({ share: "abc", mismatch: "1" });
  again.send({ id: "e-2", data: "{}" }, { event: "live", data: "{}" });
  await states.untilLast("live");
  again.cut();
  await states.untilLast("reconnecting");
  clock.advance(LONGEST_FIRST_WAIT_MS * 2);
  const { url } = await server.nextStream();
  expect(Object.fromEntries(url.searchParams)).toEqual({ share: "abc", lastEventId: "e-2" });
});

test("a heartbeat about an event that has not arrived yet proves nothing", async () => {
  const stream = await goLive();
  stream.send({ event: "ping", data: JSON.stringify({ at: "", id: "e-9", hash: "another" }) });
  await events.until((all) => all.at(-1)?.event === "ping");
  expect(connection.state).toBe("live");
});

test("a heartbeat before the page has caught up proves nothing either", async () => {
  const stream = await goLive();
  stream.cut();
  await states.untilLast("reconnecting");
  clock.advance(LONGEST_FIRST_WAIT_MS);
  const again = await server.nextStream();
  again.send({ event: "ping", data: JSON.stringify({ at: "", id: "e-1", hash: contentHash(STEW) }) });
  again.send({ id: "e-2", event: "removed", data: '{"_id":1}' }, { id: "e-3", data: STEW });
  again.send({ event: "live", data: "{}" });
  await states.untilLast("live");
  expect(opened).toHaveLength(2);
});

test("after a reset the old cursor is forgotten, what is held is not", async () => {
  const stream = await goLive();
  stream.send({ event: "reset", data: '{"reason":"new-epoch"}' });
  await events.until((all) => all.at(-1)?.event === "reset");
  expect(connection.state).toBe("live");
  expect([...held.texts.values()]).toEqual([SOUP]);
  stream.cut();
  await states.untilLast("reconnecting");
  clock.advance(LONGEST_FIRST_WAIT_MS);
  const { url } = await server.nextStream();
  expect(url.searchParams.has("lastEventId")).toBe(false);
});

test("what comes after a reset, and has no id, does not bring the old cursor back", async () => {
  const stream = await goLive();
  stream.send({ event: "reset", data: '{"reason":"new-epoch"}' });
  stream.send({ event: "presence", data: '{"viewers":[]}' }, { event: "live", data: "{}" });
  await events.until((all) => all.filter(({ event }) => event === "live").length === 2);
  expect(held.cursor).toBeNull();
  expect([...held.texts.values()]).toEqual([]);
});

test("what a replay from the start does not hold is dropped when it is over, and not before", async () => {
  const stream = await goLive();
  stream.send({ id: "e-2", data: STEW }, { event: "reset", data: '{"reason":"unknown-epoch"}' });
  stream.send({ id: "f-1", data: STEW });
  stream.send({ event: "ping", data: JSON.stringify({ at: "", id: "f-1", hash: contentHash(STEW) }) });
  await events.until((all) => all.at(-1)?.event === "ping");
  expect(connection.state).toBe("live");
  expect([...held.texts.values()]).toEqual([SOUP, STEW]);
  stream.send({ event: "live", data: "{}" });
  await events.until((all) => all.at(-1)?.event === "live");
  expect([...held.texts.values()]).toEqual([STEW]);
});

test("a replay that is cut in the middle continues, and ends with what the server has", async () => {
  const stream = await goLive();
  stream.send({ event: "reset", data: '{"reason":"unknown-epoch"}' }, { id: "f-1", data: STEW });
  await events.until((all) => all.at(-1)?.id === "f-1");
  stream.cut();
  await states.untilLast("reconnecting");
  clock.advance(LONGEST_FIRST_WAIT_MS);
  const again = await server.nextStream();
  expect(again.url.searchParams.get("lastEventId")).toBe("f-1");
  again.send({ event: "live", data: "{}" });
  await states.untilLast("live");
  expect([...held.texts.values()]).toEqual([STEW]);
});

test("an item that is removed goes, and one that was never held does no harm", async () => {
  const stream = await goLive();
  stream.send({ id: "e-2", data: STEW }, { id: "e-3", event: "removed", data: '{"_id":9}' });
  stream.send({ id: "e-4", event: "removed", data: '{"_id":1}' });
  await events.until((all) => all.at(-1)?.id === "e-4");
  expect([...held.texts.values()]).toEqual([STEW]);
  stream.send({ event: "ping", data: JSON.stringify({ at: "", id: "e-4", hash: contentHash(STEW) }) });
  await events.until((all) => all.at(-1)?.event === "ping");
  expect(connection.state).toBe("live");
});

test("a page of many items holds what the server says, whatever came in whatever order", async () => {
  const stream = await goLive();
  stream.send({ id: "e-2", data: STEW }, { id: "e-3", data: '{"_id":1,"title":"Broth"}' });
  const hash = xorHash(contentHash(STEW), contentHash('{"_id":1,"title":"Broth"}'));
  stream.send({ event: "ping", data: JSON.stringify({ at: "", id: "e-3", hash }) });
  await events.until((all) => all.at(-1)?.event === "ping");
  expect(connection.state).toBe("live");
  stream.send({ id: "e-4", event: "removed", data: '{"_id":1}' });
  stream.send({ event: "ping", data: JSON.stringify({ at: "", id: "e-4", hash }) });
  await states.untilLast("reconnecting");
});
