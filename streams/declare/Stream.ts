import type * as z from "zod";

import type { WireDocument } from "../../protocol/wireJson.ts";
import type { Filter } from "../../protocol/filter.ts";
import type { TopicRule } from "./topics.ts";
import type { View } from "./views.ts";

/**
 * `documents`: the latest value of each item, whatever lies between. `changes`: every change as an event, kept by number
 * and age.
 */
export type StreamKind = "documents" | "changes";

/** One way to be let in. `as` is the kind of reader that it makes of somebody, and so names a view. */
export type ReaderRule =
  | { readonly by: "anyone"; readonly as: "anyone" }
  | { readonly by: "session"; readonly as: "user" }
  | { readonly by: "role"; readonly role: string; readonly as: string }
  | { readonly by: "members"; readonly field: string; readonly as: "member" }
  | { readonly by: "membersOf"; readonly stream: Stream; readonly field: string; readonly as: "member" }
  | { readonly by: "shareLinks"; readonly field: string; readonly as: "guest" };

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
