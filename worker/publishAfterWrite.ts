import { parseChangeText, type ChangeText } from "../protocol/change.ts";
import { describeError, logLine } from "../protocol/logLine.ts";
import type { Stream } from "../streams/declare/Stream.ts";
import type { LiveRequest } from "./appContext.ts";
import { publishChanges } from "./publishChanges.ts";

/**
 * Tells the hubs what this request has just changed, so that their viewers need not wait for the trigger. The answer
 * does not wait either. A hub that can't be told is healed by the trigger's event, or by its reconcile.
 */
export function publishAfterWrite(
  c: Pick<LiveRequest, "env" | "executionCtx">,
  streams: readonly Stream[],
  changes: readonly ChangeText[],
): void {
  if (changes.length > 0) c.executionCtx.waitUntil(publish(c, streams, changes));
}

async function publish(
  c: Pick<LiveRequest, "env">,
  streams: readonly Stream[],
  changes: readonly ChangeText[],
): Promise<void> {
  try {
    await publishChanges(c.env, streams, changes.map(parseChangeText));
  } catch (error) {
    const collections = [...new Set(changes.map(({ collection }) => collection))];
    logLine("warn", "fast-path-failed", { collections, ...describeError(error) });
  }
}
