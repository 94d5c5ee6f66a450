import { expect, test, vi } from "vitest";
import { reconnectDelay } from "../../web/stream/backoff.ts";
import { readViewers } from "../../web/stream/eventData.ts";
import { itemReader } from "../../web/stream/readItems.ts";
import { streamUrl } from "../../web/stream/streamUrl.ts";
import { readTabMessage } from "../../web/stream/tabMessage.ts";
import { Watchdog } from "../../web/stream/Watchdog.ts";
import { ManualClock } from "./support/ManualClock.ts";

test("clients come back spread over half a second to three, later to thirty", () => {
  expect([0, 1, 2, 3, 4, 50].map((attempt) => reconnectDelay(attempt, 0))).toEqual([
    500, 500, 500, 500, 500, 500,
  ]);
  expect([0, 1, 2, 3, 4, 50].map((attempt) => reconnectDelay(attempt, 1))).toEqual([
    3_000, 6_000, 12_000, 24_000, 30_000, 30_000,
  ]);
});

test("the wait that the server wants is kept in full, and still spread", () => {
  expect(reconnectDelay(0, 0, 10_000)).toBe(10_500);
  expect(reconnectDelay(0, 1, 10_000)).toBe(13_000);
});

test("an address carries the cursor, the report and what it carried before", () => {
  const { href } = streamUrl("/s/1?share=x", "https://a.example/page", { cursor: "e-1", mismatch: true });
  expect(href).toBe("https://a.example/s/1?share=x&lastEventId=e-1&mismatch=1");
});

test("a watchdog learns the server's heartbeat from like gaps, and one extra ping does not make it impatient", () => {
  const clock = new ManualClock();
  let silences = 0;
  const watchdog = new Watchdog(clock, 20_000, () => (silences += 1));
  watchdog.start();
  for (const at of [0, 1, 5, 10, 15]) watchdog.heardPing({ at: new Date(at * 1000).toISOString() });
  expect(watchdog.limit).toBe(12_500);
  watchdog.start();
  for (const at of [15, 16]) watchdog.heardPing({ at: new Date(at * 1000).toISOString() });
  expect(watchdog.limit).toBe(12_500);
  clock.advance(12_499);
  expect(silences).toBe(0);
  clock.advance(1);
  expect(silences).toBe(1);
});

test("a heartbeat slower than expected does not break a connection over and over", () => {
  const clock = new ManualClock();
  const watchdog = new Watchdog(clock, 20_000, () => {});
  watchdog.start();
  watchdog.heard();
  clock.advance(50_000);
  expect(watchdog.limit).toBe(100_000);
});

test("a connection that never says anything is given up after twenty seconds, every time", () => {
  const clock = new ManualClock();
  let silences = 0;
  const watchdog = new Watchdog(clock, 60_000, () => (silences += 1));
  for (const attempt of [1, 2, 3]) {
    watchdog.start();
    clock.advance(20_000);
    expect(silences).toBe(attempt);
  }
});

test("who is watching is shown, whatever else the server wrote", () => {
  const viewers = '{"viewers":[{"id":"1","name":"Jon"},{"id":2},null]}';
  expect(readViewers(viewers)).toEqual([{ id: "1", name: "Jon" }]);
  expect(readViewers("{")).toEqual([]);
});

test("an item that did not change stays the same object, so that it is not painted again", () => {
  const read = itemReader((value) => value);
  const before = read(
    new Map([
      ["1", '{"_id":1}'],
      ["2", '{"_id":2}'],
    ]),
  );
  const after = read(
    new Map([
      ["1", '{"_id":1}'],
      ["2", '{"_id":2,"n":1}'],
    ]),
  );
  expect(after.get("1")).toBe(before.get("1"));
  expect(after.get("2")).toEqual({ _id: 2, n: 1 });
});

test("one item that can't be read does not take the others away", () => {
  const reports: unknown[] = [];
  vi.stubGlobal("reportError", (error: unknown) => reports.push(error));
  const read = itemReader((value) => {
    if ((value as { _id: number })._id === 1) throw new RangeError("odd");
    return value;
  });
  expect([
    ...read(
      new Map([
        ["1", '{"_id":1}'],
        ["2", '{"_id":2}'],
      ]),
    ).keys(),
  ]).toEqual(["2"]);
  expect(reports).toEqual([new RangeError("odd")]);
  vi.unstubAllGlobals();
});

test("tabs of different releases understand each other or keep silent", () => {
  const held = { cursor: "e-1", texts: ["{}"], replaying: false, unconfirmed: [] };
  const health = { heardAt: 1, closing: "cut" };
  for (const message of [
    { kind: "hello", cursor: null, hash: "0" },
    { kind: "resume" },
    { kind: "event", term: 1, event: { event: "message", data: "{}", id: "e-1" } },
    { kind: "status", term: 1, state: "live", health, cursor: "e-1", hash: "0" },
    { kind: "whole", term: 1, state: "live", health, held, viewers: [{ id: "1", name: "Jon" }] },
  ]) {
    expect(readTabMessage(message)).toEqual(message);
  }
  for (const untold of [undefined, null, { heardAt: "x", closing: "?" }]) {
    const status = { kind: "status", term: 1, state: "live", cursor: "e-1", hash: "0" };
    const read = readTabMessage({ ...status, health: untold });
    expect(read).toEqual({ ...status, health: { heardAt: null, closing: null } });
  }
  for (const odd of [
    null,
    1,
    {},
    { kind: "hello", cursor: 1, hash: "0" },
    { kind: "hello", cursor: "e-1" },
    { kind: "event", term: 1, event: { event: "x", data: "" } },
    { kind: "event", event: { event: "message", data: "{}" } },
    { kind: "status", term: 1, state: "?", cursor: null, hash: "0" },
    { kind: "status", term: 1, state: "live", cursor: 1, hash: "0" },
    { kind: "status", term: 1, state: "live", cursor: "e-1" },
    { kind: "whole", term: 1, state: "live", held },
    { kind: "whole", term: 1, state: "live", held: { ...held, texts: [1] }, viewers: [] },
    { kind: "whole", term: 1, state: "live", viewers: [] },
  ]) {
    expect(readTabMessage(odd)).toBeNull();
  }
});
