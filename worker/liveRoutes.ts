import { Hono } from "hono";

import type { Stream } from "../streams/declare/Stream.ts";
import type { Accounts } from "./Accounts.ts";
import type { LiveContext } from "./appContext.ts";
import { hookRoutes } from "./routes/hook.ts";
import { metricsRoutes, statusRoutes } from "./routes/status.ts";
import { streamRoutes } from "./routes/streams.ts";

/**
 * All routes that an app gets for the streams that it declares.
 * @param referencePath where the app shows its API's reference; without one its page of streams leads nowhere else.
 */
export function liveRoutes(
  streams: readonly Stream[],
  accounts: Accounts,
  referencePath: string | null = null,
): Hono<LiveContext> {
  return new Hono<LiveContext>()
    .route("/api/hooks", hookRoutes(streams, accounts))
    .route("/api/status", statusRoutes)
    .route("/metrics", metricsRoutes)
    .route("/api/streams", streamRoutes(streams, accounts, referencePath));
}
