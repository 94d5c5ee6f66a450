import type { TopicHub } from "../durable-objects/hub/TopicHub.ts";
import { describeError, logLine } from "../protocol/logLine.ts";
import { ProblemError } from "./errors.ts";

const RETRY_AFTER_SECONDS = 2;

/**
 * Asks the hub of a topic. One rule for all who do: a hub that fails is logged, and answered as one that is worth asking
 * again. @throws ProblemError `hub-unavailable`.
 */
export async function askHub<T>(
  { HUBS }: Pick<Env, "HUBS">,
  topic: string,
  ask: (hub: DurableObjectStub<TopicHub>) => Promise<T>,
): Promise<T> {
  try {
    return await ask(HUBS.getByName(topic));
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    logLine("error", "hub-unavailable", { topic, ...describeError(error) });
    throw new ProblemError("hub-unavailable", { headers: { "retry-after": String(RETRY_AFTER_SECONDS) } });
  }
}
