import type { BsonDocument } from "../bson/BsonDocument.ts";
import type { Environment } from "../expressions/Environment.ts";
import type { KeyBounds } from "../planning/planBetween.ts";

/** What to look for. `limit` counts after sorting; `null` for no limit. */
export interface Search {
  readonly filter: BsonDocument;
  readonly sort?: BsonDocument | undefined;
  readonly skip?: number | undefined;
  readonly limit?: number | null | undefined;
  readonly environment?: Environment | undefined;
  readonly hint?: unknown;
  /** Between which keys of the hinted index. */
  readonly bounds?: KeyBounds | undefined;
}
