import { Directory } from "../../durable-objects/Directory.ts";
import { Metrics } from "../../durable-objects/Metrics.ts";
import { UserSessions } from "../../durable-objects/UserSessions.ts";
import { PlannerDatabase as Database } from "../../planner/PlannerDatabase.ts";
import { PlannerHub as Hub } from "../../planner/PlannerHub.ts";
import worker from "../../worker/index.ts";
import { meter } from "./meter.ts";
import { begin, usage } from "./usage.ts";

export { Database, Directory, Hub, Metrics, UserSessions };

// The whole application with a meter on it: `GET /bench/usage` tells what the objects were asked to do.

meter("Hub", Hub);
meter("Directory", Directory);
meter("Database", Database);
meter("UserSessions", UserSessions);
meter("Metrics", Metrics);

const workerRuns = {};

export default {
  fetch: (request, env, context) => {
    if (new URL(request.url).pathname === "/bench/usage") return Response.json(usage);
    begin("Worker", workerRuns)();
    return worker.fetch(request, env, context);
  },
} satisfies ExportedHandler<Env>;
