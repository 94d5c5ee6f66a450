import { Hono } from "hono";

import { describeError, logLine } from "../../protocol/logLine.ts";
import { METRICS_NAMES } from "../../protocol/metricsName.ts";
import type { LiveContext, LiveRequest } from "../appContext.ts";
import { hasBearer, requireBearer } from "../bearer.ts";
import { databaseOf } from "../database.ts";
import { prometheusText } from "../prometheusText.ts";
import { sumShards } from "../sumShards.ts";

/** How long everybody gets what one was told, so that whoever asks and asks wakes nothing. */
const KEEP_MS = 2_000;

type Status = Awaited<ReturnType<typeof readStatus>>;

/** What was told last. Of the value alone, not of its promise: a request may not wait for another one's. */
let told: { readonly status: Status; readonly at: number } | null = null;

/** `GET /api/status`: open streams and health for everybody; hub by hub, and as of now, for the operator's token. */
export const statusRoutes = new Hono<LiveContext>().get("/", async (c) => {
  if (await hasBearer(c, c.env.METRICS_TOKEN))
    return c.json({ ...(await readStatus(c)), perHub: await hubsOf(c) });
  if (!told || Date.now() - told.at >= KEEP_MS) told = { status: await readStatus(c), at: Date.now() };
  return c.json(told.status);
});

/** `GET /metrics`: the same figures in the Prometheus text format, for the operator's token only. */
export const metricsRoutes = new Hono<LiveContext>().get("/", async (c) => {
  await requireBearer(c, c.env.METRICS_TOKEN);
  const figures = await figuresOf(c);
  return c.text(prometheusText(figures), 200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
});

async function readStatus(c: LiveRequest) {
  const [figures, database] = await Promise.all([figuresOf(c), databaseAnswers(c)]);
  const { clients, hubs, counts } = figures;
  return { clients, hubs, database, version: c.env.VERSION?.id ?? "local", counters: counts };
}

async function figuresOf(c: LiveRequest) {
  return sumShards(await Promise.all(METRICS_NAMES.map((name) => c.env.METRICS.getByName(name).shard())));
}

async function hubsOf(c: LiveRequest) {
  const shards = METRICS_NAMES.map((name) => c.env.METRICS.getByName(name).hubs());
  return (await Promise.all(shards)).flat();
}

async function databaseAnswers(c: LiveRequest): Promise<boolean> {
  try {
    return await databaseOf(c, "status").ping();
  } catch (error) {
    logLine("warn", "database-ping-failed", describeError(error));
    return false;
  }
}
