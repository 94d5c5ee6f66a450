import { Hono } from "hono";
import { cache } from "hono/cache";

import type { DemoPlan } from "../../protocol/demoPlan.ts";
import { mondayOf, weekAfter, weekOf } from "../../protocol/week.ts";
import { topicName } from "../../streams/declare/topicName.ts";
import { streams } from "../../streams/index.ts";
import { mealplans } from "../../streams/mealplans.ts";
import type { AppContext, AppRequest } from "../appContext.ts";
import { plannerDatabaseOf } from "../database.ts";
import { demoToken } from "../demoToken.ts";
import { unwrap } from "../errors.ts";
import { limitLookups } from "../limits.ts";
import { publishAfterWrite } from "../publishAfterWrite.ts";
import { sha256Hex } from "../sha256.ts";

/** The week that visitors without an account see, at `/api/demo-plan`. */
export const demoRoutes = new Hono<AppContext>();

const DAY_MS = 86_400_000;

/** Whoever asks, and with whatever query: the database is asked once a minute, per Cloudflare location. */
const once = cache({
  cacheName: "demo-plan",
  cacheControl: "public, max-age=60",
  keyGenerator: () => "demo-plan",
  onCacheNotAvailable: false,
});

demoRoutes.get("/", once, async (c) => {
  await limitLookups(c);
  const email = (c.env.DEMO_ACCOUNT ?? "").trim().toLowerCase();
  return c.json<DemoPlan>(email === "" ? { plan: null } : await openDemo(c, email, new Date()));
});

async function openDemo(c: AppRequest, email: string, now: Date): Promise<DemoPlan> {
  const week = weekOf(now);
  const { demoPlans } = plannerDatabaseOf(c, email);
  const found = await demoPlans.find(email, week, now);
  if (!found.ok && found.code === "not-found") return { plan: null };
  const { planId, userId, changes } = unwrap(found);
  const share = demoToken(c.env, topicName(mealplans, planId));
  const link = { planId, userId, tokenHash: await sha256Hex(share), expiresAt: endOf(week, now) };
  const shared = unwrap(await demoPlans.share(link, now));
  publishAfterWrite(c, streams, [...changes, ...shared]);
  return { plan: { _id: planId, share } };
}

/** A day after the week's last: somewhere it is still that week. */
function endOf(week: string, now: Date): Date {
  return new Date((mondayOf(weekAfter(week, 1)) ?? now).getTime() + DAY_MS);
}
