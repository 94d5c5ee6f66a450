import { Database } from "../../durable-objects/database/Database.ts";
import { MealPlanHub } from "../../durable-objects/hub/MealPlanHub.ts";
import { Metrics } from "../../durable-objects/Metrics.ts";
import { UserSessions } from "../../durable-objects/UserSessions.ts";
import type { Environment } from "../../worker/environment.ts";
import worker from "../../worker/index.ts";
import { meter } from "./meter.ts";
import { begin, usage } from "./usage.ts";

export { Database, MealPlanHub, Metrics, UserSessions };

// The whole application with a meter on it: `GET /bench/usage` tells what the objects were asked to do.

meter("MealPlanHub", MealPlanHub);
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
} satisfies ExportedHandler<Environment>;
