import { CommandError } from "../errors/CommandError.ts";
import type { CommandContext } from "./CommandContext.ts";

/** Throws `MaxTimeMSExpired` when the command's time is over, and `Interrupted` when nobody waits for it any more. */
export function checkTime({
  deadline,
  closed,
  isKilled,
}: Pick<CommandContext, "deadline" | "closed" | "isKilled">): void {
  if (performance.now() > deadline)
    throw new CommandError("MaxTimeMSExpired", "operation exceeded time limit");
  if (closed.aborted || isKilled()) throw new CommandError("Interrupted", "operation was interrupted");
}
