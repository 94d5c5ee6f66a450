import * as z from "zod";

import type { ListedStream } from "../../worker/listedStream.ts";
import { documentOf } from "./documentOf.ts";

/** A stream as `GET /api/streams` lists it. */
export const listedStreamDocument = documentOf<ListedStream>()(
  z.object({
    name: z.string(),
    kind: z
      .enum(["documents", "changes"])
      .describe("`documents`: the latest value of each item. `changes`: every change as an event."),
    url: z.string().describe("Where its topics are; `{…}` stands for the key of one."),
    variables: z
      .record(z.string(), z.unknown())
      .describe("What may be asked for in the query, as JSON Schema by name."),
    accepts: z.unknown().describe("What may be posted to a topic, as JSON Schema; `null` for nothing."),
    watchers: z.number().describe("Streams that are open now, over all its topics."),
  }),
).meta({ id: "ListedStream", description: "A declared stream." });
