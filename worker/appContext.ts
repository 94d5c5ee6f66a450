import type { Context } from "hono";

import type { Environment } from "./environment.ts";

/** Who is signed in, as the session cookie tells it. */
export interface Identity {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly sessionId: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** What Hono knows of our bindings and variables. */
export interface AppContext {
  Bindings: Environment;
  Variables: { identity: Identity };
}

/** The context of one request. */
export type AppRequest = Context<AppContext>;
