import * as fc from "fast-check";
import { afterAll, beforeAll, test } from "vitest";

import { writeCrashableWorker } from "../support/crashableWorker.ts";
import { DatabaseView } from "../support/databaseView.ts";
import { type Person, register } from "../support/people.ts";
import { Schedule, type Step } from "../support/Schedule.ts";
import { startStack, type Stack } from "../support/stack.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const RUNS = 20;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let stack: Stack;
let view: DatabaseView;
let owner: Person;

beforeAll(async () => {
  folder = await temporaryFolder();
  stack = await startStack({
    configPath: await writeCrashableWorker(folder.path),
    vars: { HEARTBEAT_SECONDS: "2", RECONCILE_SECONDS: "3600" },
  });
  view = new DatabaseView(stack.mongoUri);
  owner = await register(stack.url);
});
afterAll(async () => {
  await view.close();
  await stack.stop();
  await folder[Symbol.asyncDispose]();
});

const page = fc.nat({ max: 3 });
const back = fc.nat({ max: 6 });

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("publish" as const),
      count: fc.integer({ min: 1, max: 4 }),
      reversed: fc.boolean(),
      kilobytes: fc.constantFrom(1, 1, 100),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("join" as const),
      page,
      how: fc.constantFrom(
        "anew",
        "continuing",
        "continuing",
        "from-before",
        "from-another-life",
        "from-the-future",
      ),
      overSocket: fc.boolean(),
      during: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("repeat", "late"), back }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom("stall", "read", "leave", "vanish"), page }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("touch", "remove", "crash", "settle") }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("flood" as const) }) },
);

test(
  "whatever happens in whatever order, every page ends with the newest, in order, and hears nothing twice",
  { timeout: 300_000 },
  () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40, size: "max" }), async (steps) => {
        const schedule = new Schedule(stack, owner);
        await schedule.prepare(view);
        for (const one of steps) await schedule.play(one);
        await schedule.finish();
      }),
      { numRuns: RUNS, endOnFailure: false, interruptAfterTimeLimit: 180_000 },
    ),
);
