import * as z from "zod";

import { Database } from "../../durable-objects/database/Database.ts";
import { DatabaseClient, type OpenDatabase } from "../../durable-objects/database/DatabaseClient.ts";
import { TopicHub } from "../../durable-objects/hub/TopicHub.ts";
import { defineStream } from "../../streams/declare/defineStream.ts";
import { anyone } from "../../streams/declare/readers.ts";
import { everything } from "../../streams/declare/topics.ts";
import { createLiveApp } from "../../worker/liveApp.ts";

export { Directory } from "../../durable-objects/Directory.ts";
export { Metrics } from "../../durable-objects/Metrics.ts";
export { UserSessions } from "../../durable-objects/UserSessions.ts";

// A Worker with one stream of many items, each in one of some groups.

const items = defineStream({
  name: "items",
  collection: "items",
  topic: everything(),
  readers: [anyone()],
  variables: { group: z.string() },
  filter: ({ group }) => ({ group }),
});

const streams = [items];

class ItemsHub extends TopicHub {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, streams);
  }
}

class ItemsDatabase extends Database {
  constructor(ctx: DurableObjectState, env: Env) {
    const client = new DatabaseClient<OpenDatabase>({
      uri: env.MONGODB_URI,
      open: (database) => database,
      prepare: () => Promise.resolve(),
    });
    super(ctx, env, client, streams);
  }
}

export { ItemsDatabase as Database, ItemsHub as Hub };

export default createLiveApp(streams);
