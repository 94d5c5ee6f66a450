import { Database } from "../durable-objects/database/Database.ts";
import { DatabaseClient, type OpenDatabase } from "../durable-objects/database/DatabaseClient.ts";
import { ensureStreamIndexes } from "../durable-objects/database/streamIndexes.ts";
import type { Stream } from "../streams/declare/Stream.ts";

/** The class of an example's database objects: they have the queries of its streams, and no others. */
export function databaseClass(streams: readonly Stream[]) {
  return class ExampleDatabase extends Database {
    constructor(ctx: DurableObjectState, env: Env) {
      const client = new DatabaseClient<OpenDatabase>({
        uri: env.MONGODB_URI,
        open: (database) => database,
        prepare: ({ db }) => ensureStreamIndexes(db, streams),
      });
      super(ctx, env, client, streams);
    }
  };
}
