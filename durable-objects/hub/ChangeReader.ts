import type { Answer } from "../../protocol/answer.ts";
import type { Position } from "../../protocol/position.ts";
import type { ProblemCode } from "../../protocol/problem.ts";
import type { ChangeEntry, ChangeLog, ChangeRecord } from "./ChangeLog.ts";
import type { Topic } from "./Topic.ts";

/** What is asked of the database for a topic of kind `changes`. */
export interface HistorySource {
  /** The place in the history that is now. */
  now(): Promise<Answer<Position>>;
  /** What follows a place; `null` when the history does not reach back. `isMore` says that there is more to read. */
  recordsSince(position: Position): Promise<
    Answer<{
      readonly records: readonly ChangeRecord[];
      readonly position: Position;
      readonly isMore: boolean;
    } | null>
  >;
}

interface ChangeReaderOptions {
  readonly log: ChangeLog;
  readonly topic: Topic<ChangeEntry>;
  readonly source: HistorySource;
  readonly now: () => number;
}

/**
 * Reads the changes of a topic from the database's history. Events of a trigger come in any order, more than once or
 * never, so they only say that there is something to read.
 */
export class ChangeReader {
  readonly #options: ChangeReaderOptions;

  constructor(options: ChangeReaderOptions) {
    this.#options = options;
  }

  /** Reads on, and tells the subscribers. Answers why it could not, or `null`. */
  async read(): Promise<ProblemCode | null> {
    const { position } = this.#options.log;
    return position === null ? this.#beginAnew() : this.#readOn(position);
  }

  async #readOn(from: Position): Promise<ProblemCode | null> {
    const { log, source, topic, now } = this.#options;
    for (let position = from; ;) {
      const answer = await source.recordsSince(position);
      if (!answer.ok) return answer.code;
      if (answer.value === null) return this.#beginAnew();
      const { records } = answer.value;
      ({ position } = answer.value);
      log.append(records, position, now());
      topic.counters.add("published", records.length);
      const newest = records.at(-1);
      if (newest) topic.tell(newest.at);
      if (!answer.value.isMore) return null;
    }
  }

  /** A gap that nobody can fill: whoever watched is told. */
  async #beginAnew(): Promise<ProblemCode | null> {
    const { log, source, topic, now } = this.#options;
    const answer = await source.now();
    if (!answer.ok) return answer.code;
    log.begin(answer.value, now());
    topic.subscribers.resetAll("new-epoch");
    return null;
  }
}
