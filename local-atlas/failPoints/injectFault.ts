import { setTimeout as sleep } from "node:timers/promises";
import { type Candidate, ConnectionCut, type FailPoints, InjectedError } from "./FailPoints.ts";
import type { FailCommand } from "./failPointSchema.ts";

/**
 * Lets happen what a fail point wants with a command before it is run: waiting, `ConnectionCut`, `InjectedError`.
 * Gives the fail point, whose write concern error belongs into the answer; `null` when none concerns the command.
 */
export async function injectFault(
  failPoints: FailPoints,
  candidate: Candidate,
  closed: AbortSignal,
): Promise<FailCommand | null> {
  const fault = failPoints.ofCommand(candidate);
  if (fault === null) return null;
  if (fault.blockConnection === true) await block(fault.blockTimeMS ?? 0, closed);
  if (fault.closeConnection === true) throw new ConnectionCut();
  if (fault.errorCode !== undefined) throw new InjectedError(fault.errorCode, fault.errorLabels ?? null);
  return fault;
}

async function block(milliseconds: number, closed: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal: closed }).catch(() => {
    throw new ConnectionCut();
  });
}
