import express from "express";
import mongoose from "mongoose";
import { z } from "zod";

import { announce } from "./announce.ts";
import { portOf } from "./portOf.ts";

// The design of the tutorials: Express and mongoose; each client gets a change stream of its own, and each change of the
// plan makes each of them read the document.

const { MONGODB_URI } = z.object({ MONGODB_URI: z.string() }).parse(process.env);

// Each open change stream keeps a connection busy: with the driver's usual 100 the 101st client would wait for ever.
const MOST_CLIENTS = 4_000;

await mongoose.connect(MONGODB_URI, { maxPoolSize: MOST_CLIENTS, dbName: "tutorial" });
const schema = new mongoose.Schema({ householdId: String }, { strict: false, versionKey: false });
const MealPlan = mongoose.model("MealPlan", schema);
const plan = await MealPlan.create({ householdId: "none" });
const planId = String(plan._id);

const app = express();

app.get("/stream/:id", (request, response) => {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  const id = new mongoose.Types.ObjectId(request.params.id);
  const changes = MealPlan.watch([{ $match: { "documentKey._id": id } }]);
  const send = async (): Promise<void> => {
    const found = await MealPlan.findById(id).lean();
    response.write(`data: ${JSON.stringify(found)}\n\n`);
  };
  changes.on("change", () => void send().catch(() => response.end()));
  changes.on("error", () => response.end());
  request.on("close", () => void changes.close());
  // The response counts as open when changes will be seen.
  changes.once("resumeTokenChanged", () => response.write(": watching\n\n"));
});

app.post("/plans/:id", express.json({ limit: "1mb" }), (request, response, next) => {
  const { _id: _, ...fields } = request.body;
  MealPlan.updateOne({ _id: request.params.id }, fields).then(() => response.sendStatus(204), next);
});

const server = app.listen(0, "127.0.0.1", () => {
  announce({ port: portOf(server), details: { planId } }, async () => {
    server.closeAllConnections();
    await mongoose.disconnect();
  });
});
