import type { Answer } from "../../protocol/answer.ts";
import type { ProblemCode } from "../../protocol/problem.ts";
import type { Position } from "../../protocol/position.ts";
import type { Documents } from "./Documents.ts";
import type { Intake, TopicChanges, TopicSnapshot } from "./Intake.ts";

const PLACE = "place";

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
  readonly storage: DurableObjectStorage;
  readonly documents: Documents;
  readonly intake: Intake;
  readonly source: TopicSource;
  /** Called when the database says that the topic is beyond its bounds. */
  readonly onTooLarge: () => void;
}

/** Where the hub's knowledge of a topic goes on in the database's history. */
interface Place {
  readonly position: Position;
  /** Reconciles since everything was compared. */
  readonly reads: number;
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
  async read(): Promise<ProblemCode | null> {
    const { documents, storage } = this.#options;
    const place = documents.log.sure === null ? undefined : storage.kv.get<Place>(PLACE);
    if (documents.isSingle || !place || place.reads >= COMPARE_EVERY) return this.#readAll();
    return this.#readChanges(place);
  }

  async #readChanges({ position, reads }: Place): Promise<ProblemCode | null> {
    const { intake, source } = this.#options;
    const answer = await source.changesSince(position);
    if (!answer.ok) return answer.code;
    if (answer.value === null) return this.#readAll();
    intake.takeChanges(answer.value.changes);
    this.#keep({ position: answer.value.position, reads: reads + 1 });
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
    intake.takeSnapshot(answer.value.snapshot, startedAfter);
    if (!documents.isSingle) this.#keep({ position: answer.value.position, reads: 0 });
    return null;
  }

  #keep(place: Place): void {
    if (this.#options.documents.log.exists) this.#options.storage.kv.put(PLACE, place);
  }
}
