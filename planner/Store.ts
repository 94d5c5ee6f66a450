import type { DatabaseClient, OpenDatabase } from "../durable-objects/database/DatabaseClient.ts";
import type { Collections } from "./collections.ts";

/** What the planner's queries work with. */
export interface Store extends OpenDatabase, Collections {}

export type PlannerClient = DatabaseClient<Store>;
