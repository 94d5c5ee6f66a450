import { beforeEach, expect, test } from "vitest";
import { DOUBT_MS, Silence } from "../../web/stream/Silence.ts";
import { ManualClock } from "./support/ManualClock.ts";
import { Recorder } from "./support/Recorder.ts";

let clock: ManualClock;
let silence: Silence;
let shown: Recorder<number | null>;

beforeEach(() => {
  clock = new ManualClock();
  shown = new Recorder();
  silence = new Silence(clock, shown.add);
  silence.follow("live");
  silence.heard(clock.now());
});

test("a server that says nothing is doubted after 25 seconds, not a moment earlier, and the seconds count on", () => {
  clock.advance(DOUBT_MS - 1);
  expect(shown.all).toEqual([]);
  clock.advance(1);
  expect(shown.all).toEqual([25]);
  clock.advance(3_000);
  expect(shown.all).toEqual([25, 26, 27, 28]);
});

test("the doubt ends with the first word, and begins anew after it", () => {
  clock.advance(30_000);
  silence.heard(clock.now());
  expect(shown.last).toBeNull();
  clock.advance(DOUBT_MS);
  expect(shown.last).toBe(25);
});

test("losing the connection does not end the doubt: only a word does", () => {
  clock.advance(10_000);
  silence.follow("reconnecting");
  clock.advance(15_000);
  expect(shown.last).toBe(25);
});

test.each(["paused", "signed-out", "revoked", "gone", "idle"] as const)(
  "a page that listens to nobody (%s) doubts nobody, and holds no timer",
  (state) => {
    clock.advance(DOUBT_MS);
    silence.follow(state);
    expect(shown.last).toBeNull();
    expect(clock.waiting).toBe(0);
  },
);

test("after a sleep of the device it is as old as it is at once", () => {
  silence.heard(clock.now() - 3_600_000);
  expect(shown.last).toBe(3_600);
});

test("a clock that is set back does not make what is shown young", () => {
  silence.heard(clock.now() + 3_600_000);
  clock.advance(DOUBT_MS);
  expect(shown.last).toBe(25);
});
