import { GridFSBucket, type GridFSBucketOptions } from "mongodb";
import { driverOptions } from "./driverOptions.ts";
import type { Entities } from "./Entities.ts";
import { Unsupported } from "./Mismatch.ts";
import { ObservedClient } from "./ObservedClient.ts";
import type { EntityDefinition } from "./testFile.ts";
import { Thread } from "./Thread.ts";

/** Makes what a test works with, in the order of its definition. `uri` leads to the server under test. */
export async function createEntities(
  entities: Entities,
  definitions: readonly EntityDefinition[],
  uri: string,
): Promise<void> {
  for (const definition of definitions) await createEntity(entities, definition, uri);
}

async function createEntity(entities: Entities, definition: EntityDefinition, uri: string): Promise<void> {
  const { client, database, collection, session, bucket, thread } = definition;
  if (client !== undefined) await createClient(entities, client, uri);
  if (database !== undefined) {
    const parent = entities.get("client", database.client).client;
    entities.add(
      "database",
      database.id,
      parent.db(database.databaseName, driverOptions(database.databaseOptions)),
    );
  }
  if (collection !== undefined) {
    const parent = entities.get("database", collection.database);
    const options = driverOptions(collection.collectionOptions);
    entities.add("collection", collection.id, parent.collection(collection.collectionName, options));
  }
  if (session !== undefined) {
    const parent = entities.get("client", session.client).client;
    if (session.sessionOptions?.["snapshotTime"] !== undefined)
      throw new Unsupported("the driver takes no time of a snapshot");
    entities.add("session", session.id, parent.startSession(driverOptions(session.sessionOptions)));
  }
  if (bucket !== undefined) {
    const options: GridFSBucketOptions = driverOptions(bucket.bucketOptions);
    entities.add("bucket", bucket.id, new GridFSBucket(entities.get("database", bucket.database), options));
  }
  if (thread !== undefined) entities.add("thread", thread.id, new Thread());
  if (definition.clientEncryption !== undefined) throw new Unsupported("needs client-side encryption");
}

async function createClient(
  entities: Entities,
  definition: NonNullable<EntityDefinition["client"]>,
  uri: string,
): Promise<void> {
  if (definition.autoEncryptOpts !== undefined) throw new Unsupported("needs client-side encryption");
  if (definition.observeLogMessages !== undefined) throw new Unsupported("looks at log messages");
  if (definition.observeTracingMessages !== undefined) throw new Unsupported("looks at traces");
  const client = new ObservedClient(uri, definition);
  entities.add("client", definition.id, client);
  for (const { id, events } of definition.storeEventsAsEntities ?? []) {
    entities.addValue(id, client.storeOf(events));
  }
  await client.client.connect();
}
