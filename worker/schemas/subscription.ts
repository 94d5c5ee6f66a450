import * as z from "zod";

import { RESERVED_VARIABLES } from "../../streams/declare/checkStream.ts";
import type { Stream } from "../../streams/declare/Stream.ts";

/** What any stream's address may ask for, beside the stream's own variables. */
const askedOfAll = z.object({
  since: z.iso
    .datetime({ offset: true })
    .transform((text) => Date.parse(text))
    .optional()
    .describe("From when on changes are wanted. From now on, unless it says otherwise."),
  heartbeat: z
    .enum(["event", "comment"])
    .default("event")
    .describe("Whether a heartbeat is a `ping` event or a mere comment line."),
  mismatch: z.string().optional().describe("Any value: what you held was not what a `ping` said."),
});

/** The part of the query that means the same for every stream. */
export function commonQuerySchema({ kind }: Stream) {
  return askedOfAll.refine(({ since }) => since === undefined || kind === "changes", {
    path: ["since"],
    error: "Only a stream of changes has a past",
  });
}

/** The part of a query that is the stream's own. */
export function variablesIn(query: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const reserved: readonly string[] = RESERVED_VARIABLES;
  return Object.fromEntries(Object.entries(query).filter(([name]) => !reserved.includes(name)));
}
