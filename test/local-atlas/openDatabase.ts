import { randomUUID } from "node:crypto";
import { type Db, type Document, MongoClient, type ObjectId } from "mongodb";
import { startServer } from "../../local-atlas/server.ts";

/** A document of any shape; its `_id` is whatever the test gives it. */
export interface Thing extends Document {
  readonly _id?: number | string | ObjectId;
}

/** A database of its own for a test file, and a client of it. */
export interface OpenDatabase {
  readonly client: MongoClient;
  readonly database: Db;
  readonly uri: string;
  close(): Promise<void>;
}

/** On the local server in memory, or on the replica set of `MONGODB_URI`: the promises are the same. */
export async function openDatabase(): Promise<OpenDatabase> {
  const given = process.env["MONGODB_URI"];
  const server = given === undefined ? await startServer({ port: 0, dataDir: null }) : null;
  const uri = given ?? `mongodb://127.0.0.1:${server?.port}/?replicaSet=rs0`;
  const client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: 5000 });
  const database = client.db(`test-${randomUUID()}`);
  const close = async () => {
    await database.dropDatabase();
    await client.close();
    await server?.close();
  };
  return { client, database, uri, close };
}
