import { onTestFinished } from "vitest";

import { startStack, type Stack } from "./stack.ts";
import { StreamReader } from "./streamReader.ts";

/** Starts the planner's stack with more streams: those of `streamsWorker/declarations.ts`. */
export function startStreamsStack(
  vars: Readonly<Record<string, string>> = {},
  mongoUri?: string,
): Promise<Stack> {
  const configPath = "test/support/streamsWorker/wrangler.toml";
  return startStack({ configPath, vars, ...(mongoUri !== undefined && { mongoUri }) });
}

/** Opens a topic, like `notes?tag=x`, until the test is over; it is live unless it was refused. */
export async function openTopic(
  { url }: Stack,
  topic: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<StreamReader> {
  const reader = await StreamReader.open(`${url}/api/streams/${topic}`, { headers });
  onTestFinished(() => reader.close());
  if (reader.response.ok) await reader.untilEvent("live");
  return reader;
}

/** Reads what a topic holds now. */
export function readTopic(
  { url }: Stack,
  topic: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${url}/api/streams/${topic}`, { headers: { accept: "application/json", ...headers } });
}

/** The id of the last event that had one. */
export function lastIdOf({ events }: Pick<StreamReader, "events">): string {
  return events.findLast(({ id }) => id !== undefined)?.id ?? "";
}
