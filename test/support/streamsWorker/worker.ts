import { Hono } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";

import { DatabaseClient, type OpenDatabase } from "../../../durable-objects/database/DatabaseClient.ts";
import { ensureStreamIndexes } from "../../../durable-objects/database/streamIndexes.ts";
import { TopicQueries } from "../../../durable-objects/database/TopicQueries.ts";
import { TopicHub } from "../../../durable-objects/hub/TopicHub.ts";
import { PlannerDatabase } from "../../../planner/PlannerDatabase.ts";
import { streams as plannerStreams } from "../../../streams/index.ts";
import { answerError, refuseMethod } from "../../../worker/answers.ts";
import { createApp } from "../../../worker/app.ts";
import type { AppContext } from "../../../worker/appContext.ts";
import { liveRoutes } from "../../../worker/liveRoutes.ts";
import { guardOrigin } from "../../../worker/origin.ts";
import { sessionAccounts } from "../../../worker/session.ts";
import { testStreams } from "./declarations.ts";

export { Directory } from "../../../durable-objects/Directory.ts";
export { Metrics } from "../../../durable-objects/Metrics.ts";
export { UserSessions } from "../../../durable-objects/UserSessions.ts";

const streams = [...plannerStreams, ...testStreams];

/** A hub of any of the streams, which can be told to die with everything that it has in memory, and when its alarm is. */
export class Hub extends TopicHub {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, streams);
  }

  crash(): void {
    this.ctx.abort("A test asked for it");
  }

  alarmAt(): Promise<number | null> {
    return this.ctx.storage.getAlarm();
  }
}

/** The planner's queries, for its accounts, and those of all streams. */
export class Database extends PlannerDatabase {
  readonly #all: TopicQueries;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const client = new DatabaseClient<OpenDatabase>({
      uri: env.MONGODB_URI,
      open: (database) => database,
      prepare: ({ db }) => ensureStreamIndexes(db, streams),
    });
    this.#all = new TopicQueries(client, streams);
  }

  override get topics(): TopicQueries {
    return this.#all;
  }
}

const app = new Hono<AppContext>();
app.use(methodNotAllowed({ app, onMethodNotAllowed: refuseMethod }));
app.use("/api/*", guardOrigin(streams));
app.route("/", liveRoutes(streams, sessionAccounts));
app.route("/", createApp());
app.onError(answerError);

export default app;
