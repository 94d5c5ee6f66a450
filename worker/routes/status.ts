import { Hono } from "hono";

import { describeError, logLine } from "../../protocol/logLine.ts";
import { METRICS_NAMES } from "../../protocol/metricsName.ts";
import type { LiveContext, LiveRequest } from "../appContext.ts";
import { hasBearer, requireBearer } from "../bearer.ts";
import { databaseOf } from "../database.ts";
import { Kept } from "../Kept.ts";
import { prometheusText } from "../prometheusText.ts";
import { sumShards } from "../sumShards.ts";

/** How long everybody gets what one was told, so that whoever asks and asks wakes little, and the database least. */
const keptFigures = new Kept<Figures>(250);
const keptHealth = new Kept<boolean>(2_000);

type Figures = Awaited<ReturnType<typeof figuresOf>>;

/** `GET /api/status`: open streams and health for everybody; hub by hub, and as of now, for the operator's token. */
export const statusRoutes = new Hono<LiveContext>().get("/", async (c) => {
  if (await hasBearer(c, c.env.METRICS_TOKEN))
    return c.json({ ...statusOf(c, await figuresOf(c), await databaseAnswers(c)), perHub: await hubsOf(c) });
  const figures = keptFigures.get(Date.now(), () => figuresOf(c));
  const health = keptHealth.get(Date.now(), () => databaseAnswers(c));
  return c.json(statusOf(c, await figures, await health));
});

/** `GET /metrics`: the same figures in the Prometheus text format, for the operator's token only. */
export const metricsRoutes = new Hono<LiveContext>().get("/", async (c) => {
  await requireBearer(c, c.env.METRICS_TOKEN);
  const figures = await figuresOf(c);
  return c.text(prometheusText(figures), 200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
});

function statusOf(c: LiveRequest, { clients, hubs, counts }: Figures, database: boolean) {
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
