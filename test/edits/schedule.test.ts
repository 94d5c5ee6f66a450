import "fake-indexeddb/auto";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import type { Activity, ActivityLine } from "../../protocol/activity.ts";
import { DAYS, type MealPlan } from "../../protocol/mealPlan.ts";
import { sameValue } from "../../protocol/sameValue.ts";
import { weekOf } from "../../protocol/week.ts";
import { alterationOf } from "../../web/edits/alteration.ts";
import { conflictOf, resolved } from "../../web/edits/conflict.ts";
import { inverseOf } from "../../web/edits/inverse.ts";
import type { QueuedEdit } from "../../web/edits/pendingEdit.ts";
import { targetOf, type EntryEdit, type Work } from "../../web/edits/work.ts";
import { newDish } from "../../web/store/entryDraft.ts";
import { EditingPerson, type Network } from "../support/EditingPerson.ts";
import { join, makeHome, type Home, type Person } from "../support/people.ts";
import { dishesOf, replayed } from "../support/replayedPlan.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { until } from "../web/support/until.ts";

/** How many schedules are played, and how long at the most until no more are begun: then a slow machine plays fewer. */
const RUNS = 25;
const TIME_MS = 60_000;

const WEEK_MS = 7 * 86_400_000;

/** Something that one of three people does, or that happens to their page. */
type Step =
  | { readonly kind: "add" | "remove" | "look" | "reload" | "undo" | "settle"; readonly which: number }
  | { readonly kind: "note" | "title" | "move"; readonly which: number; readonly value: number }
  | { readonly kind: "network"; readonly network: Network }
  | { readonly kind: "decide"; readonly how: "retry" | "drop" | "mine" | "theirs" };

type Act = { readonly who: number } & Step;

let stack: Stack;
let home: Home;
let people: readonly Person[];
let pages: readonly EditingPerson[] = [];
let weeks = 0;
let texts = 0;

beforeAll(async () => {
  stack = await startStack();
  home = await makeHome(stack.url);
  people = [home.owner, await join(home, "Jane"), await join(home, "Zoe")];
  const request = globalThis.fetch;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    if (!path.startsWith("/")) return request(path, init);
    const key = new Headers(init.headers).get("idempotency-key") ?? "";
    const page = pages.find((one) => one.owns(key));
    if (!page) throw new TypeError("Nobody sent this");
    return page.send(path, init);
  });
});

afterAll(async () => {
  vi.unstubAllGlobals();
  await stack.stop();
});

const which = fc.nat({ max: 5 });
const steps = fc.array(
  fc
    .oneof(
      {
        weight: 3,
        arbitrary: fc.record({ kind: fc.constantFrom("add" as const, "remove" as const), which }),
      },
      {
        weight: 8,
        arbitrary: fc.record({
          kind: fc.constantFrom("note" as const, "note" as const, "title" as const, "move" as const),
          which,
          value: fc.nat({ max: 6 }),
        }),
      },
      {
        weight: 5,
        arbitrary: fc.record({
          kind: fc.constantFrom("look" as const, "reload" as const, "undo" as const, "settle" as const),
          which,
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant("network" as const),
          network: fc.constantFrom<Network>("fine", "loses-requests", "loses-answers"),
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant("decide" as const),
          how: fc.constantFrom("retry" as const, "drop" as const, "mine" as const, "theirs" as const),
        }),
      },
    )
    .chain((step: Step) => fc.record({ who: fc.nat({ max: 2 }) }).map(({ who }): Act => ({ who, ...step }))),
  { minLength: 6, maxLength: 40, size: "max" },
);

test(
  "three people edit one plan, with losses, reloads and conflicts: at the end all see the same, nothing is overwritten unseen, and every edit is in the plan or in its author's list of refusals",
  { timeout: 300_000 },
  () =>
    fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const planId = await newPlan();
        pages = people.map((person) => new EditingPerson(person, planId));
        await Promise.all(pages.map((page) => page.look()));
        for (const step of all) await play(step);
        await finish();
        await judge(planId);
        for (const page of pages) await page.edits.clear();
        for (const page of pages) page.edits.stop();
      }),
      { numRuns: RUNS, endOnFailure: true, interruptAfterTimeLimit: TIME_MS },
    ),
);

async function newPlan(): Promise<string> {
  weeks += 1;
  const week = weekOf(new Date(Date.now() + weeks * WEEK_MS));
  const path = `/api/households/${home.household._id}/mealplans?week=${week}`;
  const { _id } = await home.owner.json<MealPlan>("GET", path);
  for (const title of ["Bread", "Stew"]) {
    const dish = { day: "tuesday", meal: "dinner", title, servings: 2, note: "" };
    await home.owner.json("POST", `/api/mealplans/${_id}/entries`, dish);
  }
  return _id;
}

async function play(step: Act): Promise<void> {
  const page = pages[step.who];
  if (!page) return;
  switch (step.kind) {
    case "network":
      page.network = step.network;
      return page.edits.wake();
    case "look":
      return page.look();
    case "reload":
      return page.reload();
    case "settle":
      return page.network === "fine" ? settle(page) : undefined;
    case "undo":
      return undo(page);
    case "decide":
      return decide(page, step.how);
    default:
      return edit(page, step);
  }
}

async function settle(page: EditingPerson): Promise<void> {
  page.edits.wake();
  await until(() => page.isSettled());
}

async function undo(page: EditingPerson): Promise<void> {
  const last = page.edits.made.list.peek().at(-1);
  const inverse = last && inverseOf(last.work);
  if (last && inverse) await page.edits.undo(last, inverse);
}

async function edit(page: EditingPerson, step: Extract<Act, { readonly which: number }>): Promise<void> {
  if (step.kind === "add") {
    const entry = newDish({
      day: "monday",
      meal: "dinner",
      recipeId: null,
      title: "Soup",
      servings: 2,
      note: "",
    });
    return page.act({ kind: "add", entry }, entry.title);
  }
  texts += 1;
  const dishes = page.shown();
  const seen = dishes[step.which % Math.max(dishes.length, 1)];
  if (!seen) return;
  if (step.kind === "remove") return page.act({ kind: "remove", entryId: seen._id, seen }, seen.title);
  if (!("value" in step)) return;
  const change = {
    note: { note: `note ${texts}` },
    title: { title: `Dish ${texts}` },
    move: { day: DAYS[step.value] ?? DAYS[0] },
  }[step.kind];
  // Who changes nothing sends nothing.
  if (changesNothing(change, seen)) return;
  await page.act({ kind: "change", entryId: seen._id, change, seen }, seen.title);
}

function changesNothing(change: object, seen: object): boolean {
  const before: Readonly<Record<string, unknown>> = { ...seen };
  return Object.entries(change).every(([name, value]) => before[name] === value);
}

/** Decides on the oldest refusal in the person's list. */
async function decide(page: EditingPerson, how: "retry" | "drop" | "mine" | "theirs"): Promise<void> {
  const row = page.refused().find(({ refusal }) => refusal !== null);
  if (!row) return;
  const target = targetOf(row.work);
  if (how === "retry") return page.edits.retry(target);
  const conflict = conflictOf(row.work, row.refusal);
  if (conflict && how !== "drop") {
    page.decided.add(row.key);
    return page.edits.revise(
      row,
      resolved(row.work, conflict, () => how),
    );
  }
  const given = page.edits.pending.peek().filter((one) => targetOf(one.row.work) === target);
  for (const one of given) page.decided.add(one.row.key);
  await page.edits.drop(target);
}

async function finish(): Promise<void> {
  for (const page of pages) page.network = "fine";
  await Promise.all(pages.map(settle));
  await Promise.all(pages.map((page) => page.look()));
}

async function judge(planId: string): Promise<void> {
  const { activity } = await home.owner.json<Activity>("GET", `/api/mealplans/${planId}/activity`);
  const story = activity.toReversed();
  const plan = await home.owner.json<MealPlan>("GET", `/api/mealplans/${planId}`);
  expect(new Set(story.map(({ _id }) => _id)).size).toBe(story.length);
  expect(dishesOf(plan.entries)).toEqual(dishesOf(replayed(story)));
  for (const page of pages) {
    // What was refused is shown on top, to its author alone.
    if (page.refused().length === 0) expect(dishesOf(page.shown())).toEqual(dishesOf(plan.entries));
    const lost = [...page.taken.values()].filter((row) => whereabouts(page, row, story) === "lost");
    expect(lost).toEqual([]);
  }
  for (const line of story) expect(overwrittenUnseen(line)).toEqual([]);
}

function whereabouts(page: EditingPerson, row: QueuedEdit, story: readonly ActivityLine[]): string {
  if (story.some(({ _id }) => _id === row.key)) return "in the plan";
  if (page.refused().some(({ key }) => key === row.key)) return "among the refusals";
  if (page.decided.has(row.key)) return "decided on";
  if (isReplaced(page, row)) return "replaced by a later edit of the same";
  return isDoneAlready(row.work, story) ? "done by somebody already" : "lost";
}

/** A refused change gives way to a later edit of the same dish that decides all of it anew. */
function isReplaced(page: EditingPerson, row: QueuedEdit): boolean {
  const later = [...page.taken.values()].filter(({ order }) => order > row.order);
  return page.everRefused.has(row.key) && later.some(({ work }) => targetOf(work) === targetOf(row.work));
}

function isDoneAlready(work: Work, story: readonly ActivityLine[]): boolean {
  if (work.kind !== "entry") return false;
  if (work.edit.kind === "change") return isMovedThere(work.edit, story);
  const entryId = work.edit.kind === "add" ? work.edit.entry._id : work.edit.entryId;
  const kind = work.edit.kind === "add" ? "added" : "removed";
  return story.some((line) => line.entryId === entryId && line.kind === kind);
}

/** Two may want a dish on the same day; what they write is never the same. */
function isMovedThere(
  { entryId, change }: Extract<EntryEdit, { readonly kind: "change" }>,
  story: readonly ActivityLine[],
): boolean {
  return story.some(
    (line) => line.entryId === entryId && change.day !== undefined && line.after?.["day"] === change.day,
  );
}

/** The fields that a change overwrote although its author had seen something else there. Of moves the last wins. */
function overwrittenUnseen({ _id, before, after }: ActivityLine): readonly string[] {
  const row = pages.flatMap((page) => [...page.taken.values()]).find(({ key }) => key === _id);
  const alteration = row && alterationOf(row.work);
  if (!row || !alteration || !before || !after) return [];
  return Object.keys(before).filter((name) => {
    if (name === "day" && !row.isUndo) return false;
    return !sameValue(before[name], alteration.was[name]) && !sameValue(before[name], after[name]);
  });
}
