import type { Collection, Db, Document, IndexDescription } from "mongodb";

import { describeError, logLine } from "../../protocol/logLine.ts";
import type { Stream } from "../../streams/declare/Stream.ts";
import { isUnavailable } from "./databaseErrors.ts";

/** Makes the indexes by which topics are found. Making one that is there does nothing. */
export async function ensureStreamIndexes(db: Db, streams: readonly Stream[]): Promise<void> {
  await Promise.all(
    streams.map(async ({ topic, collection }) => {
      if (topic.by !== "field") return;
      const { field } = topic;
      await createMissing(db.collection<Document>(collection), [
        { key: { [field]: 1 }, name: `topic-${field}` },
      ]);
    }),
  );
}

/**
 * Makes indexes that are missing. Documents typed by hand can stand in the way of a unique one, and another version of
 * the app can have made one of that name. The app then runs without it, and the operator reads why.
 */
export async function createMissing(
  collection: Collection<Document>,
  indexes: IndexDescription[],
): Promise<void> {
  try {
    await collection.createIndexes(indexes);
  } catch (error) {
    if (isUnavailable(error)) throw error;
    logLine("error", "index-not-made", { collection: collection.collectionName, ...describeError(error) });
  }
}
