import type { Database } from "./database/Database.ts";
import type { Directory } from "./Directory.ts";
import type { TopicHub } from "./hub/TopicHub.ts";
import type { Metrics } from "./Metrics.ts";

/** What the Durable Objects find in their environment. */
export interface ObjectEnvironment {
  readonly HUBS: DurableObjectNamespace<TopicHub>;
  readonly DATABASES: DurableObjectNamespace<Database>;
  readonly DATABASE_LOCATION?: string;
  readonly DIRECTORIES: DurableObjectNamespace<Directory>;
  readonly METRICS: DurableObjectNamespace<Metrics>;
  /** A connection string that names the database to use. */
  readonly MONGODB_URI: string;
  readonly HEARTBEAT_SECONDS?: string;
  readonly RECONCILE_SECONDS?: string;
  readonly STREAM_SECONDS?: string;
  readonly MAX_STREAMS_PER_HUB?: string;
  readonly MAX_STREAMS_PER_USER?: string;
  readonly MAX_TOPIC_ITEMS?: string;
  readonly MAX_TOPIC_MEGABYTES?: string;
}
