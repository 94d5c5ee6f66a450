import type { Database } from "../durable-objects/database/Database.ts";
import type { MealPlanHub } from "../durable-objects/hub/MealPlanHub.ts";
import type { Metrics } from "../durable-objects/Metrics.ts";
import type { UserSessions } from "../durable-objects/UserSessions.ts";

/** What wrangler.toml binds and what `wrangler secret put` holds. */
export interface Environment {
  readonly HUBS: DurableObjectNamespace<MealPlanHub>;
  readonly DATABASES: DurableObjectNamespace<Database>;
  readonly DATABASE_LOCATION?: string;
  readonly USER_SESSIONS: DurableObjectNamespace<UserSessions>;
  readonly METRICS: DurableObjectNamespace<Metrics>;
  /** Counts attempts to sign in, by email. */
  readonly SIGN_INS: RateLimit;
  readonly VERSION?: WorkerVersionMetadata;
  /** Signs what the Atlas function posts. */
  readonly ATLAS_HOOK_SECRET: string;
  /** The secret before the last rotation; still accepted while it is set. */
  readonly ATLAS_HOOK_SECRET_PREVIOUS?: string;
  readonly SESSION_SECRET: string;
  readonly METRICS_TOKEN: string;
  /** How long a sign-in lasts; 30 days when it is not set. */
  readonly SESSION_SECONDS?: string;
  /** Origins, separated by spaces or commas, whose pages may read and stream with a share token. */
  readonly ALLOWED_ORIGINS?: string;
}
