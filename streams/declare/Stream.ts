import type * as z from "zod";

import type { WireDocument } from "../../protocol/wireJson.ts";
import type { Filter } from "../../protocol/filter.ts";
import type { ReaderRule } from "./readers.ts";
import type { TopicRule } from "./topics.ts";
import type { View } from "./views.ts";

/**
 * `documents`: the latest value of each item, whatever lies between. `changes`: every change as an event, kept by number
 * and age.
 */
export type StreamKind = "documents" | "changes";

/** What a declaration says, once it has been checked. Made by `defineStream`. */
export interface Stream {
  /** Its place in the address: `/api/streams/<name>`. */
  readonly name: string;
  readonly collection: string;
  readonly kind: StreamKind;
  readonly topic: TopicRule;
  /** Which documents belong at all; `null` for all. */
  readonly where: Filter | null;
  /** Who may read, each rule by itself. The first that lets somebody in says what kind of reader he is. */
  readonly readers: readonly ReaderRule[];
  /** What each kind of reader gets; the whole document where there is none. */
  readonly views: Readonly<Record<string, View>>;
  /** Fields that no view shows: they never reach a hub. */
  readonly hidden: readonly string[];
  /** The only fields that leave the database; `null` for all. */
  readonly fields: readonly string[] | null;
  /** What a subscriber may ask for. */
  readonly variables: z.ZodObject;
  /** The filter that the variables become; `null` where there are none. */
  readonly filter: ((variables: Readonly<Record<string, unknown>>) => Filter) | null;
  /** What readers may insert; `null` for nothing. */
  readonly accepts: z.ZodType<WireDocument> | null;
  /** Whether signed-in readers of a topic see each other. */
  readonly presence: boolean;
}
