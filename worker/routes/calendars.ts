import { Hono } from "hono";

import type { NewCalendar } from "../../protocol/calendar.ts";
import type { AppContext } from "../appContext.ts";
import { calendarText } from "../calendarText.ts";
import { plannerDatabaseOf } from "../database.ts";
import { ProblemError, unwrap } from "../errors.ts";
import { etagOf, isKnown } from "../etag.ts";
import { limitFeed } from "../limits.ts";
import { linkOrigin } from "../linkOrigin.ts";
import { objectIdParam } from "../params.ts";
import { requireUser } from "../session.ts";
import { sha256Hex } from "../sha256.ts";
import { isShareToken, newShareToken } from "../shareToken.ts";

/** The addresses at which calendar apps read a household's meals, at `/api/households`. */
export const calendarRoutes = new Hono<AppContext>();

/** What such an address answers, at `/api/calendars`: to whoever has it. */
export const calendarFeedRoutes = new Hono<AppContext>();

calendarRoutes.get("/:id/calendars", requireUser, async (c) => {
  const id = objectIdParam(c, "id");
  const answer = await plannerDatabaseOf(c, id).calendars.list(id, c.var.identity.userId);
  return c.json({ calendars: unwrap(answer) });
});

calendarRoutes.post("/:id/calendars", requireUser, async (c) => {
  const id = objectIdParam(c, "id");
  const token = newShareToken(c.env, subjectOf(id));
  const tokenHash = await sha256Hex(token);
  const { calendars } = plannerDatabaseOf(c, id);
  const { _id } = unwrap(await calendars.add(id, tokenHash, c.var.identity.userId, new Date()));
  // Calendar apps send nothing that stands behind a #, so the token is in the path.
  const made: NewCalendar = { _id, url: `${linkOrigin(c)}/api/calendars/${id}/${token}.ics` };
  return c.json(made, 201);
});

calendarRoutes.delete("/:id/calendars/:calendarId", requireUser, async (c) => {
  const id = objectIdParam(c, "id");
  const calendarId = objectIdParam(c, "calendarId");
  unwrap(await plannerDatabaseOf(c, id).calendars.remove(id, calendarId, c.var.identity.userId));
  return c.body(null, 204);
});

calendarFeedRoutes.get("/:id/:file", async (c) => {
  const householdId = objectIdParam(c, "id");
  const token = /^(.+)\.ics$/.exec(c.req.param("file"))?.[1] ?? "";
  // One that is made up wakes no database.
  if (!isShareToken(c.env, subjectOf(householdId), token)) throw new ProblemError("not-found");
  const tokenHash = await sha256Hex(token);
  await limitFeed(c, tokenHash);
  const { calendars } = plannerDatabaseOf(c, householdId);
  const meals = unwrap(await calendars.meals(householdId, tokenHash, new Date()));
  const text = await calendarText(meals, linkOrigin(c));
  const headers = { etag: await etagOf(text), "cache-control": "private, no-cache" };
  if (isKnown(c.req.header("if-none-match"), headers.etag)) return c.body(null, 304, headers);
  return c.body(text, 200, { ...headers, "content-type": "text/calendar; charset=utf-8" });
});

/** What the token of an address is signed for. */
function subjectOf(householdId: string): string {
  return `calendars/${householdId}`;
}
