import { Hono } from "hono";

import { describeError, logLine } from "../../protocol/logLine.ts";
import { METRICS_NAMES } from "../../protocol/metricsName.ts";
import type { LiveContext, LiveRequest } from "../appContext.ts";
import { hasBearer, requireBearer } from "../bearer.ts";
import { databaseOf } from "../database.ts";
import { prometheusText } from "../prometheusText.ts";
import { sumShards } from "../sumShards.ts";

/** `GET /api/status`: open streams and health for everybody; hub by hub for the operator's token. */
export const statusRoutes = new Hono<LiveContext>().get("/", async (c) => {
  const [figures, database] = await Promise.all([figuresOf(c), databaseAnswers(c)]);
  const { clients, hubs, counts } = figures;
  const version = c.env.VERSION?.id ?? "local";
  const status = { clients, hubs, database, version, counters: counts };
  return c.json((await hasBearer(c, c.env.METRICS_TOKEN)) ? { ...status, perHub: await hubsOf(c) } : status);
});

/** `GET /metrics`: the same figures in the Prometheus text format, for the operator's token only. */
export const metricsRoutes = new Hono<LiveContext>().get("/", async (c) => {
  await requireBearer(c, c.env.METRICS_TOKEN);
  const figures = await figuresOf(c);
  return c.text(prometheusText(figures), 200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
});

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
