import type { Database } from "../durable-objects/database/Database.ts";
import { databaseFor } from "../protocol/databaseFor.ts";
import type { AppRequest, LiveRequest } from "./appContext.ts";

/** The `Database` object that serves a key: the id of the user, household or topic that the request is about. */
export function databaseOf(c: LiveRequest, key: string): DurableObjectStub<Database> {
  return databaseFor(c.env, key);
}

/** The same, with the queries of the planner. */
export function plannerDatabaseOf(c: AppRequest, key: string) {
  return databaseFor(c.env, key);
}
