import { Hono } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";

import { describeError, log } from "../protocol/log.ts";
import { problemResponse } from "../protocol/problemResponse.ts";
import type { AppContext } from "./appContext.ts";
import { ProblemError } from "./errors.ts";
import { guardOrigin } from "./origin.ts";
import { hookRoutes } from "./routes/hook.ts";
import { householdRoutes } from "./routes/households.ts";
import { inviteRoutes } from "./routes/invites.ts";
import { mealPlanRoutes } from "./routes/mealPlans.ts";
import { recipeRoutes } from "./routes/recipes.ts";
import { shareRoutes } from "./routes/shares.ts";
import { metricsRoutes, statusRoutes } from "./routes/status.ts";
import { streamRoutes } from "./routes/stream.ts";
import { userRoutes } from "./routes/users.ts";
import { securityHeaders } from "./securityHeaders.ts";

/** Wires the routes of the API. */
export function createApp(): Hono<AppContext> {
  const app = new Hono<AppContext>();
  app.use(securityHeaders);
  app.use(methodNotAllowed({ app, onMethodNotAllowed: refuseMethod }));
  app.use("/api/*", guardOrigin);
  app.route("/api/hooks", hookRoutes);
  app.route("/api/status", statusRoutes);
  app.route("/metrics", metricsRoutes);
  app.route("/api/users", userRoutes);
  app.route("/api/recipes", recipeRoutes);
  app.route("/api/households", householdRoutes);
  app.route("/api/invites", inviteRoutes);
  // Before the plans, whose routes take any id.
  app.route("/api/mealplans/updates", streamRoutes);
  app.route("/api/mealplans", shareRoutes);
  app.route("/api/mealplans", mealPlanRoutes);
  app.notFound(() => problemResponse("not-found"));
  app.onError(answerError);
  return app;
}

function refuseMethod(_: unknown, methods: readonly string[]): Response {
  return problemResponse("method-not-allowed", { headers: { allow: methods.join(", ") } });
}

function answerError(error: Error): Response {
  if (error instanceof ProblemError) return problemResponse(error.code, error.details);
  log("error", "request-failed", describeError(error));
  return problemResponse("internal");
}
