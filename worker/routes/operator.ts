import { Hono } from "hono";

import { logLine } from "../../protocol/logLine.ts";
import type { AppContext, AppRequest } from "../appContext.ts";
import { requireBearer } from "../bearer.ts";
import { plannerDatabaseOf } from "../database.ts";
import { ProblemError, unwrap } from "../errors.ts";
import { readJson } from "../requestBody.ts";
import { accountSchema } from "../schemas/user.ts";
import { sessionsOf } from "../session.ts";

/** What an operator may do, at `/api/operator`. */
export const operatorRoutes = new Hono<AppContext>();

/** Not the token of the metrics: whoever scrapes figures need not be able to cut people off. */
type OperatorSecrets = Env & { readonly ADMIN_TOKEN?: string };

operatorRoutes.use(async (c, next) => {
  const { ADMIN_TOKEN }: OperatorSecrets = c.env;
  await requireBearer(c, ADMIN_TOKEN);
  await next();
});

operatorRoutes.post("/end-sessions", async (c) => {
  const { email = "", userId = await userIdOf(c, email) } = await readJson(c, accountSchema);
  const ended = await sessionsOf(c.env, userId).endAll();
  logLine("info", "sessions-ended", { userId, ended });
  return c.json({ ended });
});

async function userIdOf(c: AppRequest, email: string): Promise<string> {
  const credentials = unwrap(await plannerDatabaseOf(c, email).users.credentials(email));
  if (!credentials) throw new ProblemError("not-found");
  return credentials.user._id;
}
