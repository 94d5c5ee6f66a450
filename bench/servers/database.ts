import { MongoClient } from "mongodb";

import { startServer } from "../../local-atlas/server.ts";
import { announce } from "./announce.ts";

// The local database in a process of its own, in memory.

/** An idle replica set writes to its oplog as often, and so keeps its clock going: hubs compare their events with it. */
const NO_OP_MS = 10_000;

const server = await startServer({ port: 0, dataDir: null });
const client = await MongoClient.connect(`mongodb://127.0.0.1:${server.port}/?replicaSet=rs0`);
const clock = client.db("bench").collection<{ readonly _id: string; readonly at: Date }>("clock");
const timer = setInterval(
  () => void clock.updateOne({ _id: "now" }, { $set: { at: new Date() } }, { upsert: true }),
  NO_OP_MS,
);

announce({ port: server.port, details: {} }, async () => {
  clearInterval(timer);
  await client.close();
  await server.close();
});
