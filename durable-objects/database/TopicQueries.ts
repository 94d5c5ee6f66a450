import { RpcTarget } from "cloudflare:workers";
import { type ClientSession, type Document, ObjectId } from "mongodb";

import { type Answer, good, refused } from "../../protocol/answer.ts";
import { toChangeText, type ChangeText } from "../../protocol/change.ts";
import type { Ejson } from "../../protocol/changeEvent.ts";
import type { Position } from "../../protocol/position.ts";
import type { Update } from "../../protocol/update.ts";
import { versionSeconds, type Version } from "../../protocol/version.ts";
import type { WireDocument } from "../../protocol/wireJson.ts";
import { readDocument } from "../../streams/declare/readDocument.ts";
import { ROLES, rolesIn } from "../../streams/declare/roles.ts";
import type { Stream } from "../../streams/declare/Stream.ts";
import type { ChangeRecord } from "../hub/ChangeLog.ts";
import type { TopicBounds } from "../hub/hubSettings.ts";
import type { TopicChanges, TopicSnapshot } from "../hub/Intake.ts";
import type { DatabaseClient, OpenDatabase } from "./DatabaseClient.ts";
import { isDuplicateKey } from "./databaseErrors.ts";
import { derivedId } from "./derivedId.ts";
import { bsonOf, ejsonOf } from "./ejson.ts";
import { readHistory, versionAt } from "./history.ts";
import { readChange, readRecord } from "./readEvent.ts";
import { readGrant, readTopic, type TopicRead } from "./readTopic.ts";
import { changeStages, topicStages } from "./topicStages.ts";
import { snapshotVersion, versionOfWrite } from "./transactions.ts";
import { TIMED } from "./timed.ts";

interface Snapshot {
  readonly snapshot: TopicSnapshot;
  readonly position: Position;
}

/** The queries of hubs, and of routes that know nothing but the declared streams. */
export class TopicQueries extends RpcTarget {
  readonly #client: DatabaseClient<OpenDatabase>;
  readonly #streams: readonly Stream[];

  constructor(client: DatabaseClient<OpenDatabase>, streams: readonly Stream[]) {
    super();
    this.#client = client;
    this.#streams = streams;
  }

  /** All of a topic as of one moment, and where its history goes on. Refuses `topic-too-large`. */
  snapshot(streamName: string, key: string, bounds: TopicBounds): Promise<Answer<Snapshot>> {
    const query = async ({ client, db }: OpenDatabase) => {
      const stream = this.#stream(streamName);
      return client.withSession({ snapshot: true }, (session) =>
        snapshotOf(db, stream, key, bounds, session),
      );
    };
    // One document is quick; all items of a topic may be megabytes.
    const isQuick = this.#streams.some(({ name, topic }) => name === streamName && topic.by === "id");
    return isQuick
      ? this.#client.run("topics.snapshot", query)
      : this.#client.runLong("topics.snapshot", `${streamName}/${key}`, query);
  }

  /** What changed in a topic since a place in its history; `null` when the history does not reach back. */
  changesSince(
    streamName: string,
    key: string,
    from: Position,
  ): Promise<Answer<{ readonly changes: TopicChanges; readonly position: Position } | null>> {
    return this.#client.run("topics.changesSince", async ({ client, db }) => {
      const stream = this.#stream(streamName);
      return client.withSession(async (session) => {
        const history = await readHistory(
          db.collection(stream.collection),
          topicStages(stream, key),
          from,
          session,
        );
        // A hub that has to read so much is better off with the whole.
        if (!history || history.isMore) return good(null);
        const updates = history.events.flatMap((event) => readChange(stream, key, event) ?? []);
        const grant = await client.withSession({ snapshot: true }, (now) => readGrant(db, stream, key, now));
        const version = versionAt(history.position);
        return good({ changes: { version, updates, grant }, position: history.position });
      });
    });
  }

  /** The place in the history of a stream that is now. */
  now(streamName: string): Promise<Answer<Position>> {
    return this.#client.run("topics.now", async ({ client, db }) => {
      const stream = this.#stream(streamName);
      return client.withSession(async (session) => {
        const history = await readHistory(db.collection(stream.collection), [], null, session);
        return history ? good(history.position) : refused("database-unavailable");
      });
    });
  }

  /** The changes that follow a place in the history; `null` when it does not reach back. */
  recordsSince(
    streamName: string,
    key: string,
    from: Position,
  ): Promise<
    Answer<{
      readonly records: readonly ChangeRecord[];
      readonly position: Position;
      readonly isMore: boolean;
    } | null>
  > {
    return this.#client.run("topics.recordsSince", async ({ client, db }) => {
      const stream = this.#stream(streamName);
      return client.withSession(async (session) => {
        const history = await readHistory(
          db.collection(stream.collection),
          changeStages(stream, key),
          from,
          session,
        );
        if (!history) return good(null);
        const records = history.events.flatMap((event) => readRecord(stream, event) ?? []);
        return good({ records, position: history.position, isMore: history.isMore });
      });
    });
  }

  /** A document now, by its `_id` as Extended JSON text. */
  document(collection: string, key: string): Promise<Answer<ChangeText>> {
    return this.#client.run("topics.document", async ({ client, db }) =>
      client.withSession({ snapshot: true }, async (session) => {
        const filter = { _id: bsonOf(JSON.parse(key) as Ejson) } as Document;
        const found = await db.collection<Document>(collection).findOne(filter, { ...TIMED, session });
        const version = snapshotVersion(session);
        const document = found && JSON.stringify(ejsonOf(found));
        return good({ collection, key, version, at: momentOf(version), document });
      }),
    );
  }

  /**
   * Inserts a document into a topic. Inserting the same `_id` again changes nothing and answers what is there. One that a
   * document elsewhere has is replaced by another, the same each time: nobody is told that it is taken.
   */
  insert(
    streamName: string,
    key: string,
    id: string | undefined,
    fields: WireDocument,
  ): Promise<Answer<ChangeText>> {
    return this.#client.run("topics.insert", async (database) => {
      const stream = this.#stream(streamName);
      const document: NewDocument = { _id: new ObjectId(id), ...fields, ...topicField(stream, key) };
      const instead = { ...document, _id: derivedId(streamName, key, document._id.toHexString()) };
      return (
        (await insertAs(database, stream, key, document)) ??
        (await insertAs(database, stream, key, instead)) ??
        refused("conflict")
      );
    });
  }

  /** The roles of users, by their ids. */
  roles(userIds: readonly string[]): Promise<Answer<Readonly<Record<string, readonly string[]>>>> {
    return this.#client.run("topics.roles", async ({ db }) => {
      const ids = userIds.map((id) => new ObjectId(id));
      const users = await db
        .collection(ROLES.collection)
        .find({ _id: { $in: ids } }, { ...TIMED, projection: { [ROLES.field]: 1 } })
        .toArray();
      return good(Object.fromEntries(users.map((user) => [user._id.toString(), rolesIn(user)])));
    });
  }

  #stream(name: string): Stream {
    const stream = this.#streams.find((declared) => declared.name === name);
    if (!stream) throw new Error(`No stream is declared as ${name}`);
    return stream;
  }
}

async function snapshotOf(
  db: OpenDatabase["db"],
  stream: Stream,
  key: string,
  bounds: TopicBounds,
  session: ClientSession,
): Promise<Answer<Snapshot>> {
  const read = await readTopic(db, stream, key, bounds, session);
  if (!read) return refused("topic-too-large");
  const { items, grant } = read;
  const version = snapshotVersion(session);
  const updates =
    stream.topic.by === "id" && items.length === 0
      ? [removal(key, version)]
      : items.map((item) => updateOf(item, version));
  return good({ snapshot: { version, updates, grant }, position: { time: version.slice(0, 16) } });
}

function updateOf({ id, data, access }: TopicRead["items"][number], version: Version): Update {
  return { id, version, at: momentOf(version), data, access };
}

function removal(key: string, version: Version): Update {
  return { id: JSON.stringify(key), version, at: momentOf(version), data: null, access: null };
}

/** Answers the version of the insert; `null` when the `_id` was there, or the version is not known for certain. */
async function insertOnce(
  database: OpenDatabase,
  { collection }: Stream,
  document: Document,
): Promise<Version | null> {
  return database.client.withSession(async (session) => {
    const version = versionOfWrite(database, session);
    try {
      await database.db.collection<Document>(collection).insertOne(document, { session });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return null;
    }
    return version();
  });
}

interface NewDocument extends Document {
  readonly _id: ObjectId;
}

/** `null` when the `_id` is a document's elsewhere. */
async function insertAs(
  database: OpenDatabase,
  stream: Stream,
  key: string,
  document: NewDocument,
): Promise<Answer<ChangeText> | null> {
  const version = await insertOnce(database, stream, document);
  if (version) return good(changeOf(stream, document, version));
  return database.client.withSession({ snapshot: true }, (session) =>
    earlier(database.db, stream, key, document._id, session),
  );
}

async function earlier(
  db: OpenDatabase["db"],
  stream: Stream,
  key: string,
  id: ObjectId,
  session: ClientSession,
): Promise<Answer<ChangeText> | null> {
  const found = await db.collection<Document>(stream.collection).findOne({ _id: id }, { ...TIMED, session });
  const item = found && readDocument(stream, ejsonOf(found));
  if (!found || item?.key !== key) return null;
  return good(changeOf(stream, found, snapshotVersion(session)));
}

function changeOf({ collection }: Stream, document: Document, version: Version): ChangeText {
  const ejson = ejsonOf(document);
  return toChangeText({
    collection,
    key: ejson["_id"] ?? null,
    version,
    at: momentOf(version),
    document: ejson,
  });
}

function topicField({ topic }: Stream, key: string): Document {
  if (topic.by !== "field") return {};
  return { [topic.field]: topic.key.name === "id" ? new ObjectId(key) : key };
}

function momentOf(version: Version): number {
  return versionSeconds(version) * 1000;
}
