import { afterAll, beforeAll, expect, test } from "vitest";

import { alarmOf } from "../support/hubAlarm.ts";
import type { Stack } from "../support/stack.ts";
import { openTopic, startStreamsStack } from "../support/streamsStack.ts";

const HUBS = 20;
const PERIOD_SECONDS = 3600;
const PERIOD_MS = PERIOD_SECONDS * 1000;

let stack: Stack;

beforeAll(async () => {
  stack = await startStreamsStack({ RECONCILE_SECONDS: String(PERIOD_SECONDS) });
});
afterAll(() => stack.stop());

/** How long from now on a hub that has just got its first watcher will wait, at the least and at the most. */
async function waitOf(board: string): Promise<{ readonly least: number; readonly most: number }> {
  const before = Date.now();
  await openTopic(stack, `cards/${board}`);
  const after = Date.now();
  const at = (await alarmOf(stack, `cards/${board}`)) ?? Infinity;
  return { least: at - after, most: at - before };
}

test("a hub that is watched reconciles within its period, and not all hubs do so at once", async () => {
  const waits = [];
  for (let number = 0; number < HUBS; number++) waits.push(await waitOf(`board${number}`));
  for (const { least, most } of waits) {
    expect(least).toBeLessThanOrEqual(PERIOD_MS);
    expect(most).toBeGreaterThan(PERIOD_MS / 2);
  }
  const seconds = waits.map(({ most }) => Math.round(most / 1000));
  expect(new Set(seconds).size).toBeGreaterThan(HUBS / 2);
});
