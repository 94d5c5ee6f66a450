import { BUCKET } from "./bucket.ts";
import { BUCKET_AUTO } from "./bucketAuto.ts";
import { DENSIFY } from "./densify.ts";
import { FACET } from "./facet.ts";
import { FILL } from "./fill.ts";
import { GRAPH_LOOKUP } from "./graphLookup.ts";
import { GROUP } from "./group.ts";
import { LOOKUP } from "./lookup.ts";
import { REDACT } from "./redact.ts";
import { SET_WINDOW_FIELDS } from "./setWindowFields.ts";
import { SHAPING_STAGES } from "./shapingStages.ts";
import { SIMPLE_STAGES } from "./simpleStages.ts";
import { SOURCES } from "./sources.ts";
import type { StageTable } from "./Stage.ts";
import { UNWIND } from "./unwind.ts";

/** All stages. What is not here is refused, or is done by the command itself, like `$changeStream`. */
export const STAGES: StageTable = {
  ...BUCKET,
  ...BUCKET_AUTO,
  ...DENSIFY,
  ...FACET,
  ...FILL,
  ...GRAPH_LOOKUP,
  ...GROUP,
  ...LOOKUP,
  ...REDACT,
  ...SET_WINDOW_FIELDS,
  ...SHAPING_STAGES,
  ...SIMPLE_STAGES,
  ...SOURCES,
  ...UNWIND,
};

/** What the server knows and we do not: it is refused with another code than what does not exist. */
export const REFUSED_STAGES: ReadonlySet<string> = new Set([
  "$merge",
  "$out",
  "$geoNear",
  "$search",
  "$searchMeta",
  "$vectorSearch",
  "$listSearchIndexes",
  "$listSessions",
  "$listLocalSessions",
  "$planCacheStats",
  "$changeStreamSplitLargeEvent",
]);
