import { setTimeout as sleep } from "node:timers/promises";

import { SocketReader } from "../../test/support/socketReader.ts";
import { type Ours, startOurs } from "../contenders/ours.ts";
import type { Lab } from "../Lab.ts";
import type { Usage } from "../metered/usage.ts";
import { Watched } from "./Watched.ts";

// What watching costs: how many requests and how much active time of objects an hour of a watched plan takes.
//
// Method. The real Worker and objects, bundled with a meter (`bench/metered`) that counts each call of an object as the
// platform bills it, the time in which any was running, and the rows written to storage. Two people watch one plan, first by SSE, then by WebSocket
// with a ping per heartbeat, then not at all, each for 24 s with heartbeats and reconciles ten times as frequent as in
// production: so 24 s stand for four minutes. Opening the streams is counted on its own, and so are ten changes by the
// signed hook. An object with an open SSE response is billed for all of the time; one with hibernating sockets only while
// it works. What these figures cost is worked out in `report/costReport.ts`.

const HASTE = 10;
const HEARTBEAT_SECONDS = 20;
const RECONCILE_SECONDS = 60;
const WATCH_MS = 24_000;
const QUICK_WATCH_MS = 8_000;
const SETTLE_MS = 500;
const VIEWERS = 2;
const CHANGES = 10;
const HOUR_MS = 3_600_000;

export type UsageByClass = Readonly<Record<string, Usage>>;

/** What was measured. */
export interface CostFigures {
  readonly viewers: number;
  /** Per hour of watching, streams open, nothing changing. */
  readonly sse: UsageByClass;
  readonly websocket: UsageByClass;
  readonly unwatched: UsageByClass;
  /** Per stream opened. */
  readonly opening: UsageByClass;
  /** Per change that came by the hook. */
  readonly change: UsageByClass;
}

/** Runs it. */
export async function cost(lab: Lab, quick: boolean): Promise<CostFigures> {
  const overrides = {
    HEARTBEAT_SECONDS: String(HEARTBEAT_SECONDS / HASTE),
    RECONCILE_SECONDS: String(RECONCILE_SECONDS / HASTE),
  };
  const env = { ENTRY: "bench/metered/index.ts", OVERRIDES: JSON.stringify(overrides) };
  const ours = await startOurs(lab.mongoUri, env);
  try {
    return await measure(ours, quick ? QUICK_WATCH_MS : WATCH_MS);
  } finally {
    await ours.stop();
  }
}

async function measure(ours: Ours, watchMs: number): Promise<CostFigures> {
  const perHour = HOUR_MS / (watchMs * HASTE);
  const beforeOpening = await usageOf(ours);
  const watched = await Watched.open(ours, VIEWERS);
  await sleep(SETTLE_MS);
  const opening = times(grown(beforeOpening, await usageOf(ours)), 1 / VIEWERS);
  const sse = times(await during(ours, () => sleep(watchMs)), perHour);
  const change = times(await during(ours, () => changes(watched)), 1 / CHANGES);
  await watched.close();
  // The hub learns with the next heartbeat that they have left.
  await sleep((HEARTBEAT_SECONDS * 2000) / HASTE);
  const websocket = times(await bySocket(ours, watchMs), perHour);
  await sleep((HEARTBEAT_SECONDS * 2000) / HASTE);
  const unwatched = times(await during(ours, () => sleep(watchMs / 2)), perHour * 2);
  return { viewers: VIEWERS, sse, websocket, unwatched, opening, change };
}

async function changes({ contender, clients, writer }: Watched): Promise<void> {
  for (let change = 0; change < CHANGES; change++) {
    const document = writer.write(1000);
    const arrival = clients.arrival(document.seq, WATCH_MS);
    await contender.publish(document);
    await arrival;
  }
}

async function bySocket(ours: Ours, watchMs: number): Promise<UsageByClass> {
  const url = `http://127.0.0.1:${ours.request.port}${ours.request.path}`;
  const readers = Array.from({ length: VIEWERS }, () => new SocketReader(url, ours.request.headers));
  await Promise.all(readers.map((reader) => reader.until(() => reader.named("live").length > 0, "live")));
  const ping = setInterval(
    () => readers.forEach((reader) => reader.socket.send("ping")),
    (HEARTBEAT_SECONDS * 1000) / HASTE,
  );
  await sleep(SETTLE_MS);
  const used = await during(ours, () => sleep(watchMs));
  clearInterval(ping);
  for (const reader of readers) reader.close();
  return used;
}

async function during(ours: Ours, act: () => Promise<unknown>): Promise<UsageByClass> {
  const before = await usageOf(ours);
  await act();
  return grown(before, await usageOf(ours));
}

async function usageOf(ours: Ours): Promise<UsageByClass> {
  const response = await fetch(`http://127.0.0.1:${ours.request.port}/bench/usage`);
  return (await response.json()) as UsageByClass;
}

const NOTHING: Usage = { requests: 0, activeMs: 0, rows: 0 };

function grown(before: UsageByClass, after: UsageByClass): UsageByClass {
  return mapUsage(after, (used, name) => {
    const was = before[name] ?? NOTHING;
    return {
      requests: used.requests - was.requests,
      activeMs: used.activeMs - was.activeMs,
      rows: used.rows - was.rows,
    };
  });
}

function times(usage: UsageByClass, factor: number): UsageByClass {
  return mapUsage(usage, ({ requests, activeMs, rows }) => ({
    requests: requests * factor,
    activeMs: activeMs * factor,
    rows: rows * factor,
  }));
}

function mapUsage(usage: UsageByClass, map: (used: Usage, name: string) => Usage): UsageByClass {
  return Object.fromEntries(Object.entries(usage).map(([name, used]) => [name, map(used, name)]));
}
