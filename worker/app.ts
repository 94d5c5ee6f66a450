import { Hono } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";

import { problemResponse } from "../protocol/problemResponse.ts";
import { streams } from "../streams/index.ts";
import { answerError, refuseMethod } from "./answers.ts";
import type { AppContext } from "./appContext.ts";
import { liveRoutes } from "./liveRoutes.ts";
import { guardOrigin } from "./origin.ts";
import { assetRoutes } from "./routes/assets.ts";
import { calendarFeedRoutes, calendarRoutes } from "./routes/calendars.ts";
import { demoRoutes } from "./routes/demo.ts";
import { householdRoutes } from "./routes/households.ts";
import { inviteRoutes } from "./routes/invites.ts";
import { mealPlanRoutes } from "./routes/mealPlans.ts";
import { operatorRoutes } from "./routes/operator.ts";
import { ownAccountRoutes } from "./routes/ownAccount.ts";
import { passkeyRoutes } from "./routes/passkeys.ts";
import { pictureRoutes } from "./routes/pictures.ts";
import { recipeRoutes } from "./routes/recipes.ts";
import { recoveryRoutes } from "./routes/recovery.ts";
import { sessionRoutes } from "./routes/sessions.ts";
import { shareRoutes } from "./routes/shares.ts";
import { shoppingListRoutes } from "./routes/shoppingList.ts";
import { userRoutes } from "./routes/users.ts";
import { vouchingRoutes } from "./routes/vouching.ts";
import { securityHeaders } from "./securityHeaders.ts";
import { sessionAccounts } from "./session.ts";

/** Wires the routes of the planner. */
export function createApp(): Hono<AppContext> {
  const app = new Hono<AppContext>();
  app.use(securityHeaders);
  app.use(methodNotAllowed({ app, onMethodNotAllowed: refuseMethod }));
  app.use("/api/*", guardOrigin(streams));
  app.route("/", liveRoutes(streams, sessionAccounts, "/reference"));
  app.route("/api/users/sessions", sessionRoutes);
  app.route("/api/users/me", ownAccountRoutes);
  app.route("/api/users/passkeys", passkeyRoutes);
  app.route("/api/users", recoveryRoutes);
  app.route("/api/users", userRoutes);
  app.route("/api/operator", operatorRoutes);
  app.route("/api/recipes", recipeRoutes);
  app.route("/api/households", vouchingRoutes);
  app.route("/api/households", shoppingListRoutes);
  app.route("/api/pictures", pictureRoutes);
  app.route("/api/households", calendarRoutes);
  app.route("/api/calendars", calendarFeedRoutes);
  app.route("/api/households", householdRoutes);
  app.route("/api/invites", inviteRoutes);
  app.route("/api/mealplans", shareRoutes);
  app.route("/api/mealplans", mealPlanRoutes);
  app.route("/api/demo-plan", demoRoutes);
  app.route("/assets", assetRoutes);
  app.notFound(() => problemResponse("not-found"));
  app.onError(answerError);
  return app;
}
