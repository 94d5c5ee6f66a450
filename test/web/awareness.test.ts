import { signal, type Signal } from "@preact/signals";
import { beforeEach, expect, test } from "vitest";
import type { ShownPlan } from "../../web/api/readMealPlan.ts";
import { Awareness } from "../../web/store/Awareness.ts";
import { People } from "../../web/store/People.ts";
import type { Arrival } from "../../web/store/PlanStore.ts";
import type { State } from "../../web/stream/states.ts";
import { ManualClock } from "./support/ManualClock.ts";
import { dish, JANE, planWith } from "./support/plans.ts";

const JANES = new People([{ userId: JANE, name: "Jane", role: "member" }]);

let account: string;
let arrival: Signal<Arrival | null>;
let state: Signal<State>;
let isLookedAt: Signal<boolean>;
let awareness: Awareness;

beforeEach(() => {
  account = crypto.randomUUID();
  open();
});

function open(self: string | null = account): void {
  arrival = signal<Arrival | null>(null);
  state = signal<State>("live");
  isLookedAt = signal(true);
  awareness = new Awareness({
    store: { arrival, state },
    clock: new ManualClock(),
    self,
    people: () => JANES,
    isLookedAt,
  });
  awareness.watch();
}

function arrive(after: ShownPlan): void {
  arrival.value = { before: arrival.peek()?.after ?? null, after };
}

/** The plan at a minute past noon, with dishes that Jane (or who else) changed then. */
function planAt(minute: number, titles: readonly string[], by = JANE): ShownPlan {
  const at = new Date(Date.UTC(2026, 10, 20, 12, minute)).toISOString();
  const mark = { changedBy: by, changedAt: at };
  return planWith(
    titles.map((title, index) => dish(String(index), { title, ...mark })),
    { updatedAt: at },
  );
}

function missed(): readonly string[] {
  return awareness.unseen.changes.value.map(({ entry }) => entry.title);
}

test("who looks on sees and hears what others do", () => {
  arrive(planAt(0, ["Soup"]));
  arrive(planAt(1, ["Stew"]));
  expect(awareness.recent.touch("0").value?.by).toBe(JANE);
  expect(awareness.announcement.value).toBe("Jane renamed Soup to Stew.");
  expect(missed()).toEqual([]);
});

test("one's own hand is not shown, from whatever device", () => {
  arrive(planAt(0, ["Soup"]));
  arrive(planAt(1, ["Stew"], account));
  expect(awareness.recent.touch("0").value).toBeNull();
  expect(awareness.announcement.value).toBe("");
});

test("what happens while nobody looks waits for who comes back", () => {
  arrive(planAt(0, ["Soup"]));
  isLookedAt.value = false;
  arrive(planAt(1, ["Stew"]));
  arrive(planAt(2, ["Broth"]));
  isLookedAt.value = true;
  expect(missed()).toEqual(["Broth"]);
  arrive(planAt(3, ["Figs"]));
  expect(awareness.recent.touch("0").value?.entry.title).toBe("Figs");
  expect(missed()).toEqual(["Broth"]);
});

test("what comes when the connection is back after an absence belongs to the absence", () => {
  arrive(planAt(0, ["Soup"]));
  isLookedAt.value = false;
  state.value = "paused";
  isLookedAt.value = true;
  arrive(planAt(1, ["Stew"]));
  state.value = "live";
  expect(missed()).toEqual(["Stew"]);
});

test("who opens a plan again is told what came since, and only once", () => {
  arrive(planAt(0, ["Soup"]));
  open();
  arrive(planAt(1, ["Stew"]));
  expect(missed()).toEqual(["Stew"]);
  awareness.dismiss();
  open();
  arrive(planAt(1, ["Stew"]));
  expect(missed()).toEqual([]);
});

test("who leaves without looking through it is told again", () => {
  arrive(planAt(0, ["Soup"]));
  open();
  arrive(planAt(1, ["Stew"]));
  open();
  arrive(planAt(1, ["Stew"]));
  expect(missed()).toEqual(["Stew"]);
});

test("who sees a plan for the first time has missed nothing", () => {
  arrive(planAt(0, ["Soup"]));
  expect(missed()).toEqual([]);
});

test("the missed changes are shown one by one, those that can still be seen", () => {
  arrive(planAt(0, ["Soup", "Stew", "Figs"]));
  open();
  arrive(planAt(1, ["Broth", "Ragout", "Dates"]));
  const shown: (string | undefined)[] = [];
  const next = () => {
    awareness.showNext();
    shown.push(awareness.unseen.current.value?.entry._id);
  };
  next();
  expect(awareness.recent.touch("0").value?.by).toBe(JANE);
  const { entries, ...plan } = planAt(1, ["Broth", "Ragout", "Dates"]);
  arrive({ ...plan, entries: entries.filter(({ title }) => title !== "Ragout") });
  next();
  next();
  expect(shown).toEqual(["0", "2", undefined]);
  expect(missed()).toEqual([]);
});

test("a guest hears what changes, not by whom, and is kept nothing", () => {
  open(null);
  arrive(planAt(0, ["Soup"]));
  arrive(planAt(1, ["Stew"]));
  expect(awareness.announcement.value).toBe("Soup was renamed to Stew.");
  expect(awareness.recent.touch("0").value).toBeNull();
  isLookedAt.value = false;
  arrive(planAt(2, ["Broth"]));
  expect(missed()).toEqual([]);
});
