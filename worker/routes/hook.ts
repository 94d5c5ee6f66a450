import { Hono } from "hono";

import type { EventResult, HookAnswer } from "../../protocol/changeEvent.ts";
import { describeError, log } from "../../protocol/log.ts";
import type { Update } from "../../protocol/update.ts";
import type { AppContext, AppRequest } from "../appContext.ts";
import { ProblemError } from "../errors.ts";
import { hubOf } from "../hubs.ts";
import { parseWith } from "../parseWith.ts";
import { parseJson, readText } from "../requestBody.ts";
import { hookBodySchema } from "../schemas/changeEvent.ts";
import { verifySignature } from "../signature.ts";
import { toUpdate, type Reading } from "../toUpdate.ts";

const BODY_LIMIT_BYTES = 1024 * 1024;

/** `POST /api/hooks/atlas`: signed change events, one or many. Sending them again is harmless. */
export const hookRoutes = new Hono<AppContext>().post("/atlas", async (c) => {
  const body = await readText(c.req.raw, BODY_LIMIT_BYTES);
  await verifySignature(c, body, Date.now());
  const posted = parseWith(hookBodySchema, parseJson(body), "invalid-body");
  const events = Array.isArray(posted) ? posted : [posted];
  const readings = events.map(toUpdate);
  const outcomes = await publishAll(c, readings);
  const results = events.map((event, index): EventResult => ({
    id: event._id._data,
    ...resultOf(readings[index], outcomes),
  }));
  return c.json<HookAnswer>({ results });
});

type Outcomes = ReadonlyMap<Update, EventResult["outcome"]>;

function resultOf(reading: Reading | undefined, outcomes: Outcomes): Omit<EventResult, "id"> {
  if (!reading) return { outcome: "ignored" };
  if ("ignored" in reading) return { outcome: "ignored", reason: reading.ignored };
  return { outcome: outcomes.get(reading.update) ?? "ignored" };
}

/** One call per hub. When one of them fails the sender is told to send everything again: the others drop the repeats. */
async function publishAll(c: AppRequest, readings: readonly Reading[]): Promise<Outcomes> {
  const updates = readings.flatMap((reading) => ("update" in reading ? [reading.update] : []));
  const byPlan = Map.groupBy(updates, ({ id }) => id);
  const published = await Promise.all([...byPlan].map(([planId, group]) => publish(c, planId, group)));
  return new Map(published.flat());
}

async function publish(c: AppRequest, planId: string, updates: readonly Update[]) {
  try {
    const outcomes = await hubOf(c.env, planId).publish(updates);
    return updates.map((update, index) => [update, outcomes[index] ?? "stale"] as const);
  } catch (error) {
    log("error", "hub-unavailable", { planId, ...describeError(error) });
    throw new ProblemError("hub-unavailable", { headers: { "retry-after": "2" } });
  }
}
