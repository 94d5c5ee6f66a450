import type { Stream } from "../../streams/declare/Stream.ts";
import type { Update } from "../../protocol/update.ts";
import { DocumentReader, type TopicSource } from "./DocumentReader.ts";
import { Documents } from "./Documents.ts";
import type { HubPart, HubPartOptions } from "./HubPart.ts";
import type { TopicBounds } from "./hubSettings.ts";
import { Intake } from "./Intake.ts";
import type { LogItem } from "./LogItem.ts";
import { Topic } from "./Topic.ts";

interface DocumentHubOptions extends HubPartOptions {
  readonly stream: Stream;
  readonly bounds: TopicBounds;
  readonly source: TopicSource;
  /** Called when a reconcile has found something that no event told of: of each item the newest. */
  readonly onFound: (updates: readonly Update[]) => void;
}

/** What a hub is made of whose stream is of kind `documents`. */
export function documentHub(options: DocumentHubOptions): HubPart {
  const { ctx, stream, name, key, now, newEpoch, bounds } = options;
  const documents = new Documents({ stream, key, storage: ctx.storage, now, newEpoch });
  const { log } = documents;
  const topic = new Topic<LogItem>({ ...options, content: documents, presence: stream.presence });
  const onTooLarge = (): void => {
    topic.subscribers.closeAll({ event: "bye", reason: "too-large" });
    documents.rights.forget();
    ctx.waitUntil(log.forget());
  };
  const intake = new Intake({ name, documents, topic, bounds, now, onFound: options.onFound, onTooLarge });
  const reader = new DocumentReader({
    documents,
    intake,
    source: options.source,
    onTooLarge,
  });
  return {
    topic,
    life: {
      get exists() {
        return log.exists;
      },
      get watchedAt() {
        return log.watchedAt;
      },
      noteWatched: (at) => log.noteWatched(at),
      tidy: (at) => log.forgetOldRemovals(at),
      forget: async () => {
        documents.rights.forget();
        await log.forget();
      },
    },
    read: () => reader.read(),
    publish: (updates) => intake.publish(updates),
    takeGrant: (grant) => intake.takeGrant(grant),
    knows: () => false,
  };
}
