import { setTimeout as sleep } from "node:timers/promises";

import type { StormLog } from "../client/stormMain.ts";
import type { Lab } from "../Lab.ts";
import { clock } from "../mark.ts";
import { StormProcess } from "../StormProcess.ts";

// The storm after a crash: workerd is killed under 2,000 open streams and started again at once on the same port.
//
// Method. The clients are Node sockets in one process that follow `web/stream`'s own back-off and name the id of their
// last event when they return, as the page does. Attempts count when they are made, also those that find nobody; a
// client counts as live when it has read the `live` event. The clock starts with the kill. At most 90 s.

const CLIENTS = 2000;
const QUICK_CLIENTS = 100;
const LIMIT_MS = 90_000;
const LOOK_MS = 250;
const BIN_MS = 100;
const MS_PER_SECOND = 1000;

/** The storm, by tenths of a second after the kill. */
export interface Storm {
  readonly clients: number;
  /** When the runtime took requests again; milliseconds after the kill. */
  readonly backMs: number;
  readonly attempts: readonly number[];
  /** Clients that are live, at the end of each tenth. */
  readonly live: readonly number[];
  readonly allLiveMs: number | null;
  /** The most attempts within any one second. */
  readonly mostPerSecond: number;
}

/** Runs it. */
export async function storm(lab: Lab, quick: boolean): Promise<Storm> {
  const clients = quick ? QUICK_CLIENTS : CLIENTS;
  const process = new StormProcess();
  await process.begin(lab.ours.request, clients);
  const killedAt = clock();
  await lab.ours.server.request("restart");
  const backMs = clock() - killedAt;
  let log = await process.report();
  while (log.live.length < clients && clock() - killedAt < LIMIT_MS) {
    await sleep(LOOK_MS);
    log = await process.report();
  }
  await process.stop();
  return summary(log, clients, killedAt, backMs);
}

function summary(log: StormLog, clients: number, killedAt: number, backMs: number): Storm {
  const attempts = log.attempts.map((at) => at - killedAt);
  const live = log.live.map((at) => at - killedAt).toSorted((a, b) => a - b);
  const last = Math.max(...attempts, ...live);
  const bins = Math.ceil(last / BIN_MS) + 1;
  const perBin = countBins(attempts, bins);
  return {
    clients,
    backMs,
    attempts: perBin,
    live: runningSum(countBins(live, bins)),
    allLiveMs: live.length < clients ? null : (live.at(-1) ?? null),
    mostPerSecond: mostWithin(perBin, MS_PER_SECOND / BIN_MS),
  };
}

function countBins(moments: readonly number[], bins: number): number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (const moment of moments) {
    const bin = Math.max(0, Math.floor(moment / BIN_MS));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

function runningSum(counts: readonly number[]): number[] {
  let sum = 0;
  return counts.map((count) => (sum += count));
}

function mostWithin(counts: readonly number[], width: number): number {
  const sums = counts.map((_, index) =>
    counts.slice(index, index + width).reduce((sum, count) => sum + count, 0),
  );
  return Math.max(...sums);
}
