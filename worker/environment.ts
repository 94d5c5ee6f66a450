import type { ObjectEnvironment } from "../durable-objects/environment.ts";
import type { UserSessions } from "../durable-objects/UserSessions.ts";
import type { PlannerDatabase } from "../planner/PlannerDatabase.ts";

/** What finds hubs and the directory of their items. */
export type HubBindings = Pick<ObjectEnvironment, "HUBS" | "DIRECTORIES">;

/** What the routes of the live part find in their environment. */
export interface LiveEnvironment extends ObjectEnvironment {
  /** Counts inserts by address. */
  readonly INSERTS: RateLimit;
  readonly VERSION?: WorkerVersionMetadata;
  /** Signs what the Atlas function posts. */
  readonly ATLAS_HOOK_SECRET: string;
  /** The secret before the last rotation; still accepted while it is set. */
  readonly ATLAS_HOOK_SECRET_PREVIOUS?: string;
  readonly METRICS_TOKEN: string;
  /** Origins, separated by spaces or commas, whose pages may read what is public or shared. */
  readonly ALLOWED_ORIGINS?: string;
}

/** What the planner finds beside that. */
export interface Environment extends LiveEnvironment {
  readonly DATABASES: DurableObjectNamespace<PlannerDatabase>;
  readonly USER_SESSIONS: DurableObjectNamespace<UserSessions>;
  /** Counts attempts to sign in, by email. */
  readonly SIGN_INS: RateLimit;
  readonly SESSION_SECRET: string;
  /** How long a sign-in lasts; 30 days when it is not set. */
  readonly SESSION_SECONDS?: string;
}
