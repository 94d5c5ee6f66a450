import type { Context } from "hono";

/** Who is signed in, as the session cookie tells it. */
export interface Identity {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly sessionId: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** What Hono knows of the bindings of an app that has nothing but streams. */
export interface LiveContext {
  Bindings: Env;
}

/** The context of one request to such an app. */
export type LiveRequest = Pick<
  Context<LiveContext>,
  "req" | "env" | "executionCtx" | "header" | "html" | "json"
>;

/** What Hono knows of the planner's bindings and variables. */
export interface AppContext {
  Bindings: Env;
  Variables: { identity: Identity };
}

/** The context of one request to the planner. */
export type AppRequest = Context<AppContext>;
