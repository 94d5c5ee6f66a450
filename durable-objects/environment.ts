import type { Database } from "./database/Database.ts";
import type { MealPlanHub } from "./hub/MealPlanHub.ts";
import type { Metrics } from "./Metrics.ts";

/** What the Durable Objects find in their environment. */
export interface ObjectEnvironment {
  readonly HUBS: DurableObjectNamespace<MealPlanHub>;
  readonly DATABASES: DurableObjectNamespace<Database>;
  readonly DATABASE_LOCATION?: string;
  readonly METRICS: DurableObjectNamespace<Metrics>;
  /** A connection string that names the database to use. */
  readonly MONGODB_URI: string;
  readonly HEARTBEAT_SECONDS?: string;
  readonly RECONCILE_SECONDS?: string;
  readonly STREAM_SECONDS?: string;
  readonly MAX_STREAMS_PER_HUB?: string;
  readonly MAX_STREAMS_PER_USER?: string;
}
