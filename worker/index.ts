import { createApp } from "./app.ts";

export { Directory } from "../durable-objects/Directory.ts";
export { Metrics } from "../durable-objects/Metrics.ts";
export { UserSessions } from "../durable-objects/UserSessions.ts";
export { PlannerDatabase as Database } from "../planner/PlannerDatabase.ts";
export { PlannerHub as Hub } from "../planner/PlannerHub.ts";

export default createApp();
