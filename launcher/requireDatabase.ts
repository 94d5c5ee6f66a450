import { MongoClient } from "mongodb";
import { hostsOf } from "./settings.ts";
import { StartError } from "./StartError.ts";

const UNREACHABLE_AFTER_MS = 5_000;

/** Makes sure that somebody else's database answers and has change streams. @throws StartError */
export async function requireDatabase(mongodbUri: string): Promise<void> {
  const hosts = hostsOf(mongodbUri);
  const hello = await askHello(mongodbUri).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The database at ${hosts} can't be reached: ${reason}.`);
  });
  if (hello["setName"] === undefined && hello["msg"] !== "isdbgrid") {
    throw new StartError(`The database at ${hosts} is no replica set, and only those have change streams.`);
  }
}

async function askHello(mongodbUri: string): Promise<Readonly<Record<string, unknown>>> {
  const client = new MongoClient(mongodbUri, { serverSelectionTimeoutMS: UNREACHABLE_AFTER_MS });
  try {
    return await client.db().command({ hello: 1 });
  } finally {
    await client.close();
  }
}
