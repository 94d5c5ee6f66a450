import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningServer, startServer } from "../../local-atlas/server.ts";

const MONGOSH = fileURLToPath(new URL("../../node_modules/mongosh/bin/mongosh.js", import.meta.url));
const run = promisify(execFile);

let server: RunningServer;

beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: null });
});

afterAll(() => server.close());

/** Runs a script in the shell, as somebody would type it, and reads what it prints as JSON. */
async function shell(script: string, options = "replicaSet=rs0"): Promise<unknown> {
  const uri = `mongodb://127.0.0.1:${server.port}/mealcast?${options}`;
  const { stdout } = await run(process.execPath, [MONGOSH, "--quiet", "--norc", uri, "--eval", script], {
    env: { ...process.env, MONGOSH_FORCE_DISABLE_TELEMETRY_FOR_TESTING: "1" },
  });
  // The shell prints its warnings to the same place.
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}

describe("mongosh", () => {
  it("connects, writes, finds, changes an entry of a plan and deletes it", async () => {
    const script = `
      db.mealplans.insertOne({ _id: 1, week: "2026-W47", entries: [{ _id: 1, title: "soup", servings: 2 }] });
      const updated = db.mealplans.updateOne({ "entries._id": 1 }, { $set: { "entries.$.title": "stew" } });
      const found = db.mealplans.find({ week: /^2026/ }, { "entries.title": 1 }).sort({ _id: -1 }).toArray();
      const removed = db.mealplans.deleteOne({ _id: 1 }).deletedCount;
      print(JSON.stringify({ modified: updated.modifiedCount, found, removed, left: db.mealplans.countDocuments() }));`;
    expect(await shell(script)).toEqual({
      modified: 1,
      found: [{ _id: 1, entries: [{ title: "stew" }] }],
      removed: 1,
      left: 0,
    });
  });

  it("shows databases, collections, indexes, statistics and the replica set", async () => {
    const script = `
      db.users.createIndex({ email: 1 }, { unique: true });
      db.users.insertMany([{ email: "a" }, { email: "b" }]);
      let code = 0;
      try { db.users.insertOne({ email: "a" }) } catch (error) { code = error.code }
      print(JSON.stringify({
        code,
        collections: db.getCollectionNames().sort(),
        databases: db.getMongo().getDBNames(),
        indexes: db.users.getIndexes().map(({ name }) => name),
        count: db.users.stats().count,
        objects: db.stats().objects,
        member: rs.status().members[0].stateStr,
        version: db.version(),
        plan: db.users.find({ email: "a" }).explain().queryPlanner.winningPlan.inputStage.stage,
      }));`;
    expect(await shell(script)).toMatchObject({
      code: 11000,
      databases: ["mealcast"],
      indexes: ["_id_", "email_1"],
      count: 2,
      objects: 2,
      member: "PRIMARY",
      plan: "IXSCAN",
    });
  });

  it("runs transactions and watches changes, without the replica set's name too", async () => {
    const script = `
      db.things.insertOne({ _id: 0 });
      const stream = db.things.watch();
      stream.tryNext();
      const session = db.getMongo().startSession();
      session.startTransaction();
      session.getDatabase("mealcast").things.insertOne({ _id: 1 });
      session.commitTransaction();
      const event = stream.next();
      print(JSON.stringify({ type: event.operationType, key: event.documentKey }));`;
    expect(await shell(script, "directConnection=true")).toEqual({ type: "insert", key: { _id: 1 } });
  });
});
