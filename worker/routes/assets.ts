import { Hono } from "hono";

import type { AppContext } from "../appContext.ts";
import { ProblemError } from "../errors.ts";

/** The built parts of the page, at `/assets`. */
export const assetRoutes = new Hono<AppContext>();

/** For a part that is not there (the page is older than the deployment) the platform has the page itself. */
assetRoutes.get("/*", async (c) => {
  const response = await c.env.ASSETS.fetch(c.req.raw);
  if (response.headers.get("content-type")?.startsWith("text/html")) throw new ProblemError("not-found");
  return response;
});
