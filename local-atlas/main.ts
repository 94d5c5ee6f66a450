import { z } from "zod";
import { onStop } from "../processes/onStop.ts";
import { startServer } from "./server.ts";

// The database server in a process of its own. It says on which port it listens: port 0 means any.

const { MONGODB_PORT, DATA_DIR } = z
  .object({ MONGODB_PORT: z.coerce.number().int(), DATA_DIR: z.string().min(1) })
  .parse(process.env);

const server = await startServer({ port: MONGODB_PORT, dataDir: DATA_DIR });
onStop(() => server.close());
process.send?.({ port: server.port });
