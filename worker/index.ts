import { createApp } from "./app.ts";

export { Database } from "../durable-objects/database/Database.ts";
export { MealPlanHub } from "../durable-objects/hub/MealPlanHub.ts";
export { Metrics } from "../durable-objects/Metrics.ts";
export { UserSessions } from "../durable-objects/UserSessions.ts";

export default createApp();
