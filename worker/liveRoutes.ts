import { Hono } from "hono";

import type { Stream } from "../streams/declare/Stream.ts";
import type { Accounts } from "./Accounts.ts";
import type { LiveContext } from "./appContext.ts";
import { hookRoutes } from "./routes/hook.ts";
import { metricsRoutes, statusRoutes } from "./routes/status.ts";
import { streamRoutes } from "./routes/streams.ts";

/** All routes that an app gets for the streams that it declares. */
export function liveRoutes(streams: readonly Stream[], accounts: Accounts): Hono<LiveContext> {
  return new Hono<LiveContext>()
    .route("/api/hooks", hookRoutes(streams))
    .route("/api/status", statusRoutes)
    .route("/metrics", metricsRoutes)
    .route("/api/streams", streamRoutes(streams, accounts));
}
