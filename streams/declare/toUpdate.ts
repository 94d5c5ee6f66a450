import type { Change } from "../../protocol/change.ts";
import type { Grant, Update } from "../../protocol/update.ts";
import { itemIdOf } from "./keys.ts";
import { accessOf, grantOf } from "./readers.ts";
import { readDocument } from "./readDocument.ts";
import type { Stream } from "./Stream.ts";
import { EVERYTHING_KEY, keyOfId } from "./topics.ts";
import { topicName } from "./topicName.ts";

/** What a change means for one stream. */
export interface StreamUpdate {
  readonly stream: Stream;
  /**
   * The topic that the item is in now. `null` when that is for the directory to tell: the item is gone, or has left, and
   * an event of that does not say from where.
   */
  readonly key: string | null;
  readonly update: Update;
}

/** What a change means for the topics whose readers it grants. */
export interface TopicGrant {
  readonly topic: string;
  readonly grant: Grant;
}

/** Reads a change as an update of a stream; `null` when the document's `_id` can't be an item's. */
export function toUpdate(stream: Stream, change: Change): StreamUpdate | null {
  const id = itemIdOf(change.key);
  if (id === null) return null;
  const { topic } = stream;
  const fixedKey = topic.by === "id" ? keyOfId(topic.key, id) : EVERYTHING_KEY;
  if (fixedKey === null) return null;
  const item = change.document && readDocument(stream, change.document);
  const { version, at } = change;
  const update = { id, version, at, data: item?.data ?? null, access: item?.access ?? null };
  return { stream, key: topic.by === "field" ? (item?.key ?? null) : fixedKey, update };
}

/** The topics of all streams whose readers a change grants. */
export function toGrants(streams: readonly Stream[], change: Change): readonly TopicGrant[] {
  const id = itemIdOf(change.key);
  return streams.flatMap((stream) => {
    const rule = grantOf(stream);
    if (rule?.stream.collection !== change.collection || stream.topic.by !== "field") return [];
    const key = keyOfId(stream.topic.key, id);
    if (key === null) return [];
    return [{ topic: topicName(stream, key), grant: grantIn(rule.stream, change) }];
  });
}

/** Whom the granting document lets in. */
export function grantIn(
  granting: Stream,
  { document, version }: Pick<Change, "document" | "version">,
): Grant {
  const isThere = document !== null && readDocument(granting, document) !== null;
  return { version, memberIds: isThere ? accessOf(granting, document).memberIds : [] };
}
