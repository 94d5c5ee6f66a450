import * as fc from "fast-check";
import { ObjectId } from "mongodb";
import { afterAll, beforeAll, test } from "vitest";

import { ChangeTap } from "../support/ChangeTap.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { register } from "../support/people.ts";
import { pageSteps } from "../support/schedule/pageSteps.ts";
import { type PlanChange, PlanWorld } from "../support/schedule/PlanWorld.ts";
import { Schedule, type Step } from "../support/schedule/Schedule.ts";
import { type TaskChange, type TaskPeople, TasksWorld } from "../support/schedule/TasksWorld.ts";
import type { World } from "../support/schedule/World.ts";
import type { Stack } from "../support/stack.ts";
import { startStreamsStack } from "../support/streamsStack.ts";

/** How many schedules are played of each, and how long at the most until no more are begun: then a slow machine plays fewer. */
const RUNS = 10;
const TIME_MS = 90_000;

let stack: Stack;
let view: DatabaseView;
let tap: ChangeTap;
let people: TaskPeople;

beforeAll(async () => {
  stack = await startStreamsStack({ HEARTBEAT_SECONDS: "1" });
  view = new DatabaseView(stack.mongoUri);
  const [ada, jane, editor, stranger] = [
    await register(stack.url, "Ada"),
    await register(stack.url, "Jane"),
    await register(stack.url, "Eve"),
    await register(stack.url, "Sam"),
  ];
  const userId = new ObjectId(editor.user._id);
  await view.db.collection("users").updateOne({ _id: userId }, { $set: { roles: ["editor"] } });
  people = { members: [ada, jane], editor, stranger };
  tap = await ChangeTap.open(view.db);
});
afterAll(async () => {
  await tap.close();
  await view.close();
  await stack.stop();
});

const back = fc.nat({ max: 6 });

const planChange: fc.Arbitrary<PlanChange> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("publish" as const),
      count: fc.integer({ min: 1, max: 4 }),
      reversed: fc.boolean(),
      kilobytes: fc.constantFrom(1, 1, 100),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("repeat", "late"), back }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("touch", "remove") }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("flood" as const) }) },
);

/** What happens to tasks. Where nothing is lost and nobody looks, the hubs have to be right by what they are told alone. */
const taskChanges = (isLossy: boolean): fc.Arbitrary<TaskChange> => {
  const told = fc.constantFrom("at-once", "at-once", "later", isLossy ? "never" : "later");
  return fc.oneof(
    {
      weight: 10,
      arbitrary: fc.record({
        kind: fc.constant("write" as const),
        acts: fc.array(
          fc.record({
            what: fc.constantFrom("insert", "edit", "edit", "retag", "move", "move", "delete", "bring-back"),
            which: fc.nat({ max: 11 }),
          }),
          { minLength: 1, maxLength: 4 },
        ),
        told,
        reversed: fc.boolean(),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant("member" as const),
        project: fc.nat({ max: 1 }),
        who: fc.nat({ max: 1 }),
        told,
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("deliver" as const), reversed: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("repeat" as const), back }) },
    { weight: isLossy ? 1 : 0, arbitrary: fc.record({ kind: fc.constant("look" as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("flood" as const) }) },
  );
};

function stepsOf<Change>(change: fc.Arbitrary<Change>): fc.Arbitrary<readonly Step<Change>[]> {
  const changing = fc.record({ kind: fc.constant("change" as const), change });
  const step: fc.Arbitrary<Step<Change>> = fc.oneof({ weight: 12, arbitrary: changing }, ...pageSteps);
  return fc.array(step, { minLength: 5, maxLength: 40, size: "max" });
}

/** Plays schedules of whatever may happen. What fails is told with the seed and the path that bring it back. */
async function playAll<Change>(
  changes: readonly fc.Arbitrary<Change>[],
  prepare: () => Promise<World<Change>>,
): Promise<void> {
  const steps = fc.oneof(...changes.map(stepsOf));
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const schedule = new Schedule(await prepare());
      for (const one of all) await schedule.play(one);
      await schedule.finish();
    }),
    { numRuns: RUNS, endOnFailure: false, interruptAfterTimeLimit: TIME_MS },
  );
}

test(
  "of one document: whatever happens in whatever order, every page ends with the newest, in order, and hears nothing twice",
  { timeout: 300_000 },
  () =>
    playAll([planChange], async () => {
      const world = new PlanWorld(stack, people.members[0]);
      await world.prepare(view);
      return world;
    }),
);

test(
  "of many items: whatever happens in whatever order, every page ends with exactly what is for it, and never gets what is not",
  { timeout: 300_000 },
  () =>
    playAll([taskChanges(false), taskChanges(true)], async () => {
      const world = new TasksWorld({ stack, view, tap, people });
      await world.prepare();
      return world;
    }),
);
