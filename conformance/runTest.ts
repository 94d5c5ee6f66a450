import { isDeepStrictEqual } from "node:util";
import { BSON, type MongoClient } from "mongodb";
import { createEntities } from "./createEntities.ts";
import { Entities } from "./Entities.ts";
import { matchEvents } from "./matchEvents.ts";
import { Mismatch } from "./Mismatch.ts";
import type { RunnerContext } from "./operations/RunnerContext.ts";
import { runOperation } from "./runOperation.ts";
import type { CollectionData, Test, TestFile } from "./testFile.ts";

const { EJSON } = BSON;

/** Runs one test of a file from its initial data to its outcome. Throws what it failed of. */
export async function runTest(uri: string, internal: MongoClient, file: TestFile, test: Test): Promise<void> {
  const entities = new Entities();
  const context: RunnerContext = {
    entities,
    uri,
    internal,
    run: (operation) => runOperation(context, operation),
    afterwards: [],
  };
  // What a failed test left open would make the next one wait.
  await internal.db("admin").command({ killAllSessions: [] });
  for (const data of file.initialData ?? []) await prepare(internal, data);
  try {
    await createEntities(entities, file.createEntities ?? [], uri);
    for (const operation of test.operations) await runOperation(context, operation);
    for (const expected of test.expectEvents ?? []) matchEvents(expected, entities);
  } finally {
    for (const step of context.afterwards.toReversed()) await step();
    await entities.close();
  }
  for (const data of test.outcome ?? []) await checkOutcome(internal, data);
}

async function prepare(client: MongoClient, data: CollectionData): Promise<void> {
  const database = client.db(data.databaseName);
  const writeConcern = { w: "majority" } as const;
  await database.dropCollection(data.collectionName, { writeConcern });
  if (data.documents.length === 0 || data.createOptions !== undefined) {
    await database.createCollection(data.collectionName, { ...data.createOptions, writeConcern });
  }
  if (data.documents.length > 0) {
    await database.collection(data.collectionName).insertMany([...data.documents], { writeConcern });
  }
}

async function checkOutcome(client: MongoClient, data: CollectionData): Promise<void> {
  const collection = client.db(data.databaseName).collection(data.collectionName);
  const found = await collection.find({}, { sort: { _id: 1 }, readPreference: "primary" }).toArray();
  if (isDeepStrictEqual(plain(found), plain(data.documents))) return;
  throw new Mismatch(
    `${data.collectionName} must hold ${EJSON.stringify(data.documents)}, not ${EJSON.stringify(found)}`,
  );
}

function plain(documents: readonly object[]): unknown {
  return EJSON.serialize(documents, { relaxed: true });
}
