import { beforeEach, expect, test } from "vitest";
import { planChanges } from "../../web/store/planChanges.ts";
import { LINGER_MS, RecentChanges } from "../../web/store/RecentChanges.ts";
import { withRemovals } from "../../web/store/withRemovals.ts";
import { ManualClock } from "./support/ManualClock.ts";
import { dish, planWith } from "./support/plans.ts";

const FULL = planWith(["1", "2", "3"].map((id) => dish(id)));
const PLACE = "monday/dinner";

let clock: ManualClock;
let recent: RecentChanges;

beforeEach(() => {
  clock = new ManualClock();
  recent = new RecentChanges(clock);
});

function become(ids: readonly string[], more: object = {}): void {
  const after = planWith(ids.map((id) => dish(id, more)));
  for (const change of planChanges(FULL, after)) recent.show(change, FULL.entries);
}

function linesAt(ids: readonly string[]) {
  return withRemovals(ids, recent.removedFrom(PLACE).value).map(({ id, removal }) =>
    removal ? `(${id})` : id,
  );
}

test("a hand is seen for eight seconds", () => {
  become(["1", "2", "3"], { note: "hot" });
  clock.advance(LINGER_MS - 1);
  expect(recent.touch("1").value?.kind).toBe("changed");
  clock.advance(1);
  expect(recent.touch("1").value).toBeNull();
});

test("a dish that is touched again is marked for eight seconds more", () => {
  become(["1", "2", "3"], { note: "hot" });
  clock.advance(5_000);
  become(["1", "2", "3"], { note: "cold" });
  clock.advance(5_000);
  expect(recent.touch("1").value?.entry.note).toBe("cold");
});

test("a dish that is removed keeps its place for eight seconds", () => {
  become(["1", "3"]);
  expect(linesAt(["1", "3"])).toEqual(["1", "(2)", "3"]);
  clock.advance(LINGER_MS);
  expect(linesAt(["1", "3"])).toEqual(["1", "3"]);
});

test("dishes that are removed together keep their order", () => {
  become(["3"]);
  expect(linesAt(["3"])).toEqual(["(1)", "(2)", "3"]);
});

test("a place that somebody is about to press does not close, until they leave it", () => {
  become(["1", "3"]);
  recent.hold("2");
  clock.advance(10 * LINGER_MS);
  expect(linesAt(["1", "3"])).toEqual(["1", "(2)", "3"]);
  recent.release("2");
  clock.advance(LINGER_MS);
  expect(linesAt(["1", "3"])).toEqual(["1", "3"]);
});

test("a dish that is put back is there once", () => {
  become(["1", "3"]);
  recent.forget("2");
  expect(linesAt(["1", "2", "3"])).toEqual(["1", "2", "3"]);
  expect(clock.waiting).toBe(0);
});
