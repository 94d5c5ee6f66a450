import { startServer } from "../../local-atlas/server.ts";
import { announce } from "./announce.ts";

// The local database in a process of its own, in memory.

const server = await startServer({ port: 0, dataDir: null });
announce({ port: server.port, details: {} }, () => server.close());
