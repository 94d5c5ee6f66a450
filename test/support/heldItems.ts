import { contentHash } from "../../protocol/contentHash.ts";
import { EMPTY_SET, xorHash } from "../../protocol/setHash.ts";
import type { ReceivedEvent } from "./streamReader.ts";

/** What a client holds after these events: the text of each item, by its `_id` as JSON text. */
function heldItems(events: readonly ReceivedEvent[]): Map<string, string> {
  const held = new Map<string, string>();
  for (const { event, data } of events) {
    if (event === "reset") held.clear();
    if (event === "message") held.set(itemIdIn(data), data);
    if (event === "removed") held.delete(itemIdIn(data));
  }
  return held;
}

/** The fingerprint of what a client holds. */
export function heldHash(events: readonly ReceivedEvent[]): string {
  return hashOfItems(heldItems(events).values());
}

/** The fingerprint of a set of items, given as their texts. */
export function hashOfItems(items: Iterable<string>): string {
  return [...items].map(contentHash).reduce(xorHash, EMPTY_SET);
}

/** One field of all items that a client holds, in its order. */
export function heldField(events: readonly ReceivedEvent[], field: string): unknown[] {
  const values = [...heldItems(events).values()].map((data) => (JSON.parse(data) as Fields)[field]);
  return values.toSorted((one, other) => (String(one) < String(other) ? -1 : 1));
}

type Fields = Readonly<Record<string, unknown>>;

/** The `_id` of an item in the data of an event, as JSON text. */
export function itemIdIn(data: string): string {
  return JSON.stringify((JSON.parse(data) as { readonly _id: unknown })._id);
}
