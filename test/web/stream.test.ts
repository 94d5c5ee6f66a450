import { expect, test } from "vitest";
import { reconnectDelay } from "../../web/stream/backoff.ts";
import { readChannelMessage } from "../../web/stream/channelMessage.ts";
import { readEvent } from "../../web/stream/frameData.ts";
import { streamUrl } from "../../web/stream/streamUrl.ts";
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

test("what the server asked for is waited in full, and still spread", () => {
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

const parse = (value: unknown) => value;

test("events carry typed data, whatever the server wrote", () => {
  const viewers = '{"viewers":[{"id":"1","name":"Jon"},{"id":2},null]}';
  expect(readEvent({ event: "presence", data: viewers }, parse)).toEqual({
    name: "presence",
    data: { viewers: [{ id: "1", name: "Jon" }] },
  });
  expect(readEvent({ event: "message", data: '{"a":1}' }, parse)).toEqual({
    name: "message",
    data: { a: 1 },
  });
  expect(readEvent({ event: "bye", data: "?" }, parse)).toEqual({ name: "bye", data: { reason: "retired" } });
});

test("an item that is not JSON is refused", () => {
  expect(() => readEvent({ event: "message", data: "{" }, parse)).toThrow(SyntaxError);
});

test("tabs of different releases understand each other or keep silent", () => {
  const frame = { kind: "frame", frame: { event: "message", data: "{}", id: "e-1" } };
  expect(readChannelMessage(frame)).toEqual(frame);
  for (const odd of [
    null,
    1,
    {},
    { kind: "frame", frame: { event: "x", data: "" } },
    { kind: "state", state: "?" },
  ]) {
    expect(readChannelMessage(odd)).toBeNull();
  }
});
