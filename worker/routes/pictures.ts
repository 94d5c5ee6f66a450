import { Hono } from "hono";

import type { AppContext } from "../appContext.ts";
import { plannerDatabaseOf } from "../database.ts";
import { ProblemError, unwrap } from "../errors.ts";
import { fetchPicture } from "../fetchPicture.ts";
import { limitPictures } from "../limits.ts";
import { parseWith } from "../parseWith.ts";
import { pictureQuerySchema } from "../schemas/recipe.ts";
import { requireUser } from "../session.ts";

/** Pictures of recipes that are on other hosts, at `/api/pictures`. */
export const pictureRoutes = new Hono<AppContext>();

/** Pictures don't change: who has seen one need not ask again for a day. */
const HEADERS = {
  "cache-control": "private, max-age=86400, immutable",
  "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
} as const;

/** Only what stands in a recipe that the caller may read: this fetches nothing else for anybody. */
pictureRoutes.get("/", requireUser, async (c) => {
  const { url } = parseWith(pictureQuerySchema, c.req.query(), "invalid-query");
  const { userId } = c.var.identity;
  await limitPictures(c, userId);
  const isTheirs = unwrap(await plannerDatabaseOf(c, userId).recipes.hasPicture(url, userId));
  if (!isTheirs) throw new ProblemError("not-found");
  const { type, bytes } = await fetchPicture(url);
  return c.body(bytes, 200, { ...HEADERS, "content-type": type });
});
