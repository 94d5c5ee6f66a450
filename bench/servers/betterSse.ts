import { createChannel, createSession } from "better-sse";
import express from "express";

import { announce } from "./announce.ts";
import { portOf } from "./portOf.ts";

// better-sse on Express, as its documentation shows it: one channel, a session per client.

const KEEP_ALIVE_MS = 20_000;

const app = express();
const channel = createChannel();

app.get("/stream", (request, response, next) => {
  createSession(request, response, { keepAlive: KEEP_ALIVE_MS }).then(
    (session) => channel.register(session),
    next,
  );
});

app.post("/publish", express.json({ limit: "1mb" }), (request, response) => {
  channel.broadcast(request.body);
  response.sendStatus(204);
});

const server = app.listen(0, "127.0.0.1", () => {
  announce({ port: portOf(server), details: {} }, async () => {
    server.closeAllConnections();
    server.close();
  });
});
