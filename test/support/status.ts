import { expect } from "vitest";

import { TEST_SECRETS } from "./stack.ts";

/** What `GET /api/status` tells. */
export interface Status {
  readonly clients: number;
  readonly hubs: number;
  readonly database: boolean;
  readonly counters: Readonly<Record<string, number>>;
}

/** Asks for the status as of now, which is the operator's: what everybody is told may be a moment old. */
export async function statusOf(url: string): Promise<Status> {
  const headers = { authorization: `Bearer ${TEST_SECRETS.METRICS_TOKEN}` };
  const response = await fetch(`${url}/api/status`, { headers });
  if (!response.ok) throw new Error(`The status is ${response.status}`);
  return (await response.json()) as Status;
}

/** Waits until so many streams are open. A hub finds out at its next heartbeat who has left. */
export async function untilClients(url: string, count: number): Promise<void> {
  await expect.poll(async () => (await statusOf(url)).clients, { timeout: 20_000 }).toBe(count);
}

/** Waits until the Worker reaches its database. */
export async function untilDatabase(url: string): Promise<void> {
  await expect.poll(async () => (await statusOf(url)).database, { timeout: 30_000 }).toBe(true);
}
