import type { ClientSession, Db, Document, Timestamp } from "mongodb";

import { logLine } from "../../protocol/logLine.ts";
import type { Grant } from "../../protocol/update.ts";
import { grantOf } from "../../streams/declare/readers.ts";
import { readDocument } from "../../streams/declare/readDocument.ts";
import type { Stream } from "../../streams/declare/Stream.ts";
import { topicName } from "../../streams/declare/topicName.ts";
import { grantIn } from "../../streams/declare/toUpdate.ts";
import type { TopicBounds } from "../hub/hubSettings.ts";
import { ejsonOf } from "./ejson.ts";
import { sentProjection, topicFilter } from "./topicFilter.ts";
import { snapshotTimeOf, snapshotVersion } from "./transactions.ts";
import { TIMED } from "./timed.ts";

/** As many as the server sends at once, if they are small. */
const DOCUMENTS_AT_ONCE = 1000;

type Item = NonNullable<ReturnType<typeof readDocument>>;

/** What a snapshot session shows of a topic. */
export interface TopicRead {
  readonly items: readonly Item[];
  /** `null` where no document grants the topic. */
  readonly grant: Grant | null;
}

/** Reads a topic with a snapshot session; `null` when there is more than a hub may hold, which the log then tells. */
export async function readTopic(
  db: Db,
  stream: Stream,
  key: string,
  bounds: TopicBounds,
  session: ClientSession,
): Promise<TopicRead | null> {
  if (stream.topic.by === "id") return { items: await readOne(db, stream, key, session), grant: null };
  const grant = await readGrant(db, stream, key, session);
  const at = grant ? snapshotTimeOf(session) : await momentOf(db, stream, session);
  const items = await readMany(db, stream, key, bounds, at);
  return items && { items, grant };
}

/** Whom the granting document lets in, as of the session's moment; `null` where no document grants the topic. */
export async function readGrant(
  db: Db,
  stream: Stream,
  key: string,
  session: ClientSession,
): Promise<Grant | null> {
  const rule = grantOf(stream);
  if (!rule) return null;
  const found = await db
    .collection<Document>(rule.stream.collection)
    .findOne(topicFilter(rule.stream, key), { ...TIMED, session });
  return grantIn(rule.stream, { version: snapshotVersion(session), document: found && ejsonOf(found) });
}

async function readOne(db: Db, stream: Stream, key: string, session: ClientSession): Promise<Item[]> {
  const projection = sentProjection(stream);
  const found = await db
    .collection<Document>(stream.collection)
    .findOne(topicFilter(stream, key), { ...TIMED, session, projection });
  const item = found && readDocument(stream, ejsonOf(found));
  return item?.key === key ? [item] : [];
}

async function readMany(
  db: Db,
  stream: Stream,
  key: string,
  bounds: TopicBounds,
  at: Timestamp,
): Promise<Item[] | null> {
  const items: Item[] = [];
  let characters = 0;
  for await (const document of documentsAt(db, stream, key, at)) {
    const item = readDocument(stream, ejsonOf(document));
    if (item?.key !== key) continue;
    items.push(item);
    characters += item.data.length;
    if (items.length <= bounds.items && characters <= bounds.characters) continue;
    // There may be more: nobody looks any further.
    logLine("error", "topic-too-large", { topic: topicName(stream, key), items: items.length, characters });
    return null;
  }
  return items;
}

/**
 * The documents of a topic as of a moment. A cursor of a snapshot session would name its read concern with each further
 * batch, which servers refuse; so only its first command does, and the cursor stays at that moment.
 */
function documentsAt(db: Db, stream: Stream, key: string, at: Timestamp): AsyncIterable<Document> {
  return db.runCursorCommand({
    find: stream.collection,
    filter: topicFilter(stream, key),
    projection: sentProjection(stream),
    batchSize: DOCUMENTS_AT_ONCE,
    ...TIMED,
    readConcern: { level: "snapshot", atClusterTime: at },
  });
}

/** The first read of a snapshot session fixes its moment: one that finds nothing will do. */
async function momentOf(db: Db, { collection }: Stream, session: ClientSession): Promise<Timestamp> {
  await db.collection<Document>(collection).findOne({ _id: { $in: [] } }, { ...TIMED, session });
  return snapshotTimeOf(session);
}
