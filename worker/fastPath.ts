import type { Update } from "../protocol/update.ts";
import type { AppRequest } from "./appContext.ts";
import { hubOf } from "./hubs.ts";
import { describeError, log } from "../protocol/log.ts";

/**
 * Tells the hubs of plans that this request has just changed, so that their viewers need not wait for the trigger.
 * The answer does not wait either. A hub that can't be told is healed by the trigger's event, or by its reconcile.
 */
export function publishAfterWrite(c: AppRequest, updates: readonly Update[]): void {
  for (const update of updates) c.executionCtx.waitUntil(publishOne(c, update));
}

async function publishOne(c: AppRequest, update: Update): Promise<void> {
  try {
    await hubOf(c.env, update.id).publish([update]);
  } catch (error) {
    log("warn", "fast-path-failed", { planId: update.id, ...describeError(error) });
  }
}
