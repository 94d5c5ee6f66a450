import { setImmediate as turn } from "node:timers/promises";
import type { Steps } from "./Steps.ts";

/** So long one piece of work may keep all others waiting. */
const SLICE_MS = 8;

/** Does the work in slices of some milliseconds, between which other clients are served. `check` may throw. */
export async function runGivingWay<T>(steps: Steps<T>, check: () => void): Promise<T> {
  let sliceEnd = performance.now() + SLICE_MS;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    check();
    if (performance.now() < sliceEnd) continue;
    await turn();
    sliceEnd = performance.now() + SLICE_MS;
  }
}
