import { Hono } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";

import { problemResponse } from "../protocol/problemResponse.ts";
import type { Stream } from "../streams/declare/Stream.ts";
import { noAccounts } from "./Accounts.ts";
import { answerError, refuseMethod } from "./answers.ts";
import type { LiveContext } from "./appContext.ts";
import { liveRoutes } from "./liveRoutes.ts";
import { guardOrigin } from "./origin.ts";
import { securityHeaders } from "./securityHeaders.ts";

/** A whole app of nothing but streams, for readers who need not say who they are. */
export function createLiveApp(streams: readonly Stream[]): Hono<LiveContext> {
  const app = new Hono<LiveContext>();
  app.use(securityHeaders);
  app.use(methodNotAllowed({ app, onMethodNotAllowed: refuseMethod }));
  app.use("/api/*", guardOrigin(streams));
  app.route("/", liveRoutes(streams, noAccounts));
  app.notFound(() => problemResponse("not-found"));
  app.onError(answerError);
  return app;
}
