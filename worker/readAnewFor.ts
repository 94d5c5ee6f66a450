import { describeError, logLine } from "../protocol/logLine.ts";
import type { Accounts } from "./Accounts.ts";
import type { LiveRequest } from "./appContext.ts";
import { askHub } from "./hubClient.ts";

/**
 * Lets every hub from which a user may be streaming read anew who may. Those that were told of a change know already; but
 * of a household's many plans only some are told at once, and the user chose which of them to watch. What fails is
 * healed by the trigger's event, or by a reconcile.
 */
export async function readAnewFor(c: LiveRequest, accounts: Accounts, userId: string): Promise<void> {
  try {
    const topics = await accounts.topicsOf(c, userId);
    await Promise.all(topics.map((topic) => askHub(c.env, topic, async (hub) => hub.readAnew())));
  } catch (error) {
    logLine("warn", "read-anew-failed", { userId, ...describeError(error) });
  }
}
