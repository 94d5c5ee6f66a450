import * as z from "zod";

import type { HookAnswer } from "../../protocol/changeEvent.ts";
import { documentOf } from "./documentOf.ts";

const REASONS = [
  "unknown-collection",
  "unknown-operation",
  "invalid-key",
  "no-cluster-time",
  "no-document",
] as const;

const result = z.object({
  id: z.string().nullable().describe("The event's resume token."),
  outcome: z
    .enum(["published", "repeat", "stale", "ignored"])
    .describe("`repeat`: known already. `stale`: older than what is known. `ignored`: concerns no stream."),
  reason: z.enum(REASONS).exactOptional().describe("Why it was ignored."),
});

/** What became of posted events. */
export const hookAnswerDocument = documentOf<HookAnswer>()(
  z.object({ results: z.array(result).describe("In the order of the events.") }),
).meta({ id: "HookAnswer", description: "What became of each posted event." });
