import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { StartError } from "./StartError.ts";

const EVERY_MS = 50;
const LONGEST_MS = 30_000;

const statusSchema = z.looseObject({ database: z.boolean() });

/**
 * Resolves when the Worker answers and reaches its database.
 * @param origin the page's address, without a slash at its end.
 * @throws StartError when that takes too long.
 */
export async function waitUntilReady(origin: string): Promise<void> {
  const deadline = performance.now() + LONGEST_MS;
  while (!(await isReady(origin))) {
    if (performance.now() > deadline) throw new StartError("The Worker does not reach its database.");
    await sleep(EVERY_MS);
  }
}

async function isReady(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/api/status`, { signal: AbortSignal.timeout(LONGEST_MS) });
    return statusSchema.parse(await response.json()).database;
  } catch {
    return false;
  }
}
