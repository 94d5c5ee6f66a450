import type { EjsonDocument } from "../../protocol/changeEvent.ts";
import { fieldAt } from "./fieldAt.ts";
import { itemIdOf, type KeyType, objectIdKey } from "./keys.ts";

/** Which topic of its stream an item belongs to. */
export type TopicRule =
  | { readonly by: "id"; readonly key: KeyType }
  | { readonly by: "field"; readonly field: string; readonly key: KeyType }
  | { readonly by: "everything" };

/** The key of the one topic that holds everything. */
export const EVERYTHING_KEY = "all";

/** A topic for each document. */
export function byId(key: KeyType = objectIdKey): TopicRule {
  return { by: "id", key };
}

/** A topic for each value of a field, like all recipes of a household. */
export function byField(field: string, key: KeyType = objectIdKey): TopicRule {
  return { by: "field", field, key };
}

/** One topic for the whole collection. */
export function everything(): TopicRule {
  return { by: "everything" };
}

/** The key of the topic that a document belongs to; `null` when it belongs to none. */
export function keyOf(rule: TopicRule, document: EjsonDocument): string | null {
  if (rule.by === "everything") return EVERYTHING_KEY;
  if (rule.by === "field") return rule.key.of(fieldAt(document, rule.field));
  return keyOfId(rule.key, itemIdOf(document["_id"]));
}

/** The key of the topic of one document, by its item id. */
export function keyOfId(key: KeyType, itemId: string | null): string | null {
  const id: unknown = itemId === null ? null : JSON.parse(itemId);
  return typeof id === "string" ? key.parse(id) : null;
}
