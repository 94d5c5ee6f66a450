import type { Answer } from "../../protocol/answer.ts";
import type { ProblemCode } from "../../protocol/problem.ts";
import type { Position } from "../../protocol/position.ts";
import { isForeign } from "../../protocol/version.ts";
import type { Documents } from "./Documents.ts";
import type { Intake, TopicChanges, TopicSnapshot } from "./Intake.ts";
import type { Sure } from "./Log.ts";

/** Every so many reconciles all of a topic is compared, in case the history itself left something out. */
const COMPARE_EVERY = 60;

/** What a reconcile asks of the database. */
export interface TopicSource {
  /** All of the topic, as of one moment, and where its history goes on. Refuses `topic-too-large`. */
  snapshot(): Promise<Answer<{ readonly snapshot: TopicSnapshot; readonly position: Position }>>;
  /** What changed since a place in its history; `null` when the history does not reach back. */
  changesSince(
    position: Position,
  ): Promise<Answer<{ readonly changes: TopicChanges; readonly position: Position } | null>>;
}

interface DocumentReaderOptions {
  readonly documents: Documents;
  readonly intake: Intake;
  readonly source: TopicSource;
  /** Called when the database says that the topic is beyond its bounds. */
  readonly onTooLarge: () => void;
}

/**
 * Reads a topic of kind `documents` from the database. What it costs follows what changed, not what is held: of a topic
 * of many items it reads the history since the last time, and all of it only at first, when the history does not reach
 * back, and now and then.
 */
export class DocumentReader {
  readonly #options: DocumentReaderOptions;

  constructor(options: DocumentReaderOptions) {
    this.#options = options;
  }

  /** Reads, and takes in what it read. Answers why it could not, or `null`. */
  read(): Promise<ProblemCode | null> {
    const { sure } = this.#options.documents.log;
    return !sure || sure.reads >= COMPARE_EVERY ? this.#readAll() : this.#readOn(sure);
  }

  async #readOn({ position: from, reads }: Sure): Promise<ProblemCode | null> {
    const { documents, intake, source } = this.#options;
    const answer = await source.changesSince(from);
    if (!answer.ok) return answer.code;
    if (answer.value === null) return this.#readAll();
    const { changes, position } = answer.value;
    // A restored cluster may still know the place.
    if (isForeign(changes.version, documents.log.newestVersion)) return this.#readAll();
    if (!intake.takeChanges(changes)) return "topic-too-large";
    documents.log.noteSure({ version: changes.version, position, reads: reads + 1 });
    return null;
  }

  async #readAll(): Promise<ProblemCode | null> {
    const { documents, intake, source, onTooLarge } = this.#options;
    const startedAfter = documents.log.newestVersion;
    const answer = await source.snapshot();
    if (!answer.ok) {
      if (answer.code === "topic-too-large") onTooLarge();
      return answer.code;
    }
    const { snapshot, position } = answer.value;
    if (!intake.takeSnapshot(snapshot, startedAfter)) return "topic-too-large";
    // Of one document its own version says as much.
    if (!documents.isSingle) documents.log.noteSure({ version: snapshot.version, position, reads: 0 });
    return null;
  }
}
