import type { Stream } from "../../streams/declare/Stream.ts";
import { ChangeLog, type ChangeEntry } from "./ChangeLog.ts";
import { ChangeReader, type HistorySource } from "./ChangeReader.ts";
import { Changes } from "./Changes.ts";
import type { HubPart, HubPartOptions } from "./HubPart.ts";
import { Rights } from "./Rights.ts";
import { Topic } from "./Topic.ts";

interface ChangeHubOptions extends HubPartOptions {
  readonly stream: Stream;
  readonly source: HistorySource;
}

/** What a hub is made of whose stream is of kind `changes`. */
export function changeHub(options: ChangeHubOptions): HubPart {
  const { ctx, stream, now, newEpoch, source } = options;
  const { storage } = ctx;
  const log = new ChangeLog({ storage, newEpoch });
  const content = new Changes({ stream, log, rights: new Rights({ stream, storage, now }) });
  const topic = new Topic<ChangeEntry>({ ...options, content, presence: stream.presence });
  const reader = new ChangeReader({ log, topic, source, now });
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
      tidy: (at) => log.trim(at),
      forget: () => log.forget(),
    },
    read: () => reader.read(),
    // Its log is the database's own history: what publishers tell is only that there is more of it.
    publish: (updates) => updates.map(() => "repeat"),
    takeGrant: () => {},
    knows: (version) => log.has(version),
  };
}
