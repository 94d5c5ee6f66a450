import type { Database } from "../durable-objects/database/Database.ts";
import { databaseFor } from "../protocol/databaseFor.ts";
import type { AppRequest } from "./appContext.ts";

/** The `Database` object that serves a key: the id of the user, household or plan that the request is about. */
export function databaseOf(c: AppRequest, key: string): DurableObjectStub<Database> {
  return databaseFor(c.env, key);
}
