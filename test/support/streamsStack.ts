import { startStack, type Stack } from "./stack.ts";

/** The planner's stack with more streams: those of `streamsWorker/declarations.ts`. */
export function startStreamsStack(
  vars: Readonly<Record<string, string>> = {},
  mongoUri?: string,
): Promise<Stack> {
  const configPath = "test/support/streamsWorker/wrangler.toml";
  return startStack({ configPath, vars, ...(mongoUri !== undefined && { mongoUri }) });
}
