import * as z from "zod";

import type { HubFigures } from "../../durable-objects/Metrics.ts";
import { documentOf } from "./documentOf.ts";

/** The names of counters are for operators to read. */
const counters = z.record(z.string(), z.number()).describe("Counts by name. What never happened is absent.");

const hub = documentOf<Omit<HubFigures, "counts"> & { readonly counts: z.output<typeof counters> }>()(
  z.object({
    sse: z.number().describe("Open event streams."),
    websocket: z.number().describe("Open WebSockets."),
    topic: z.string().describe("`<stream>/<key>`."),
    counts: counters,
  }),
);

/** How the deployment is doing. */
export const statusDocument = z
  .object({
    clients: z.number().describe("Streams that are open now."),
    hubs: z.number().describe("Hubs with at least one open stream."),
    database: z.boolean().describe("Whether the database answers."),
    version: z.string().describe("Of the Worker that answered."),
    counters,
    perHub: z.array(hub).exactOptional().describe("For the operator's token only."),
  })
  .meta({ id: "Status", description: "How the deployment is doing." });
