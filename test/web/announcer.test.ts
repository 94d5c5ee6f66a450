import { beforeEach, expect, test } from "vitest";
import { Announcer, QUIET_MS } from "../../web/store/Announcer.ts";
import { planChanges } from "../../web/store/planChanges.ts";
import { ManualClock } from "./support/ManualClock.ts";
import { dish, planWith } from "./support/plans.ts";

const [SOUP, STEW, FIGS] = planChanges(
  planWith([]),
  planWith(["Soup", "Stew", "Figs"].map((title) => dish(title, { title }))),
);

let clock: ManualClock;
let announcer: Announcer;
let said: string[];

beforeEach(() => {
  clock = new ManualClock();
  said = [];
  announcer = new Announcer(
    clock,
    (changes) => changes.map(({ entry }) => entry.title).join(" "),
    (text) => said.push(text),
  );
});

test("the first change is read out at once, those that follow within five seconds together", () => {
  if (!SOUP || !STEW || !FIGS) throw new Error("unreachable");
  announcer.add([SOUP]);
  expect(said).toEqual(["Soup"]);
  clock.advance(1_000);
  announcer.add([STEW]);
  announcer.add([FIGS]);
  clock.advance(QUIET_MS - 1_001);
  expect(said).toEqual(["Soup"]);
  clock.advance(1);
  expect(said).toEqual(["Soup", "Stew Figs"]);
});

test("the words go after a while, so that the same words are heard again", () => {
  if (!SOUP) throw new Error("unreachable");
  announcer.add([SOUP]);
  clock.advance(QUIET_MS);
  announcer.add([SOUP]);
  expect(said).toEqual(["Soup", "", "Soup"]);
});

test("nothing is said of nothing, and no timer runs", () => {
  announcer.add([]);
  expect(said).toEqual([]);
  expect(clock.waiting).toBe(0);
});
