import { StreamCount, type StreamCountOptions } from "./StreamCount.ts";
import { TopicGuesses } from "./TopicGuesses.ts";

/** Somebody asks for a topic. `sessionId` is `null` for whoever has none. */
export interface EntryWish {
  readonly sessionId: string | null;
  readonly topic: string;
  readonly form: "stream" | "contents";
  /** Whether the right is known already, as a signed link tells it. */
  readonly isKnown: boolean;
}

/** An entry that was allowed. */
export interface Entered extends Omit<EntryWish, "isKnown"> {
  /** Whether a hub's yes need not be told: everything is noted already. */
  readonly isNoted: boolean;
}

/** Why no hub is asked for a topic in somebody's name. */
type EntryRefusal = "signed-out" | "too-many-streams" | "too-many-attempts";

/** What becomes of an entry. `isSure`: false when nobody has asked for a while whether the account is still there. */
export type EntryAnswer =
  | { readonly refusal: EntryRefusal }
  | { readonly refusal: null; readonly isNoted: boolean; readonly isSure: boolean };

/** What a hub said; `failed` says nothing of the right. */
export type EntryOutcome = "let-in" | "not-found" | "failed";

/**
 * Decides in whose name a hub may be woken: how many topics somebody tries, how many streams they have open, and which
 * session has streamed what.
 */
export class Entrance {
  readonly #sql: SqlStorage;
  readonly #guesses = new TopicGuesses();
  readonly #count: StreamCount;

  /** The table of sessions is there already. */
  constructor(options: StreamCountOptions) {
    this.#sql = options.storage.sql;
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS streams (
        session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        topic TEXT NOT NULL,
        PRIMARY KEY (session_id, topic)
      )
    `);
    this.#count = new StreamCount(options);
  }

  /** The topics that a session has streamed from. Their streams may have ended since. */
  topicsOf(sessionId: string): readonly string[] {
    return this.#sql
      .exec<{ topic: string }>("SELECT topic FROM streams WHERE session_id = ?", sessionId)
      .toArray()
      .map(({ topic }) => topic);
  }

  /**
   * Answers whether a hub may be woken. Who has streamed the topic in this session before, or has a link, is noted at
   * once, which saves a call. @param isSure of the answer.
   */
  async enter({ sessionId, topic, form, isKnown }: EntryWish, isSure: boolean): Promise<EntryAnswer> {
    const now = Date.now();
    const isRight = isKnown || this.#hasStreamed(topic);
    if (!isRight && !this.#guesses.take(topic, now)) return { refusal: "too-many-attempts" };
    const answer = { refusal: null, isSure };
    if (form === "contents") return { ...answer, isNoted: isRight };
    if (!(await this.#count.enter(now))) return { refusal: "too-many-streams" };
    const isNoted = sessionId === null ? isKnown : this.#hasStreamed(topic, sessionId);
    if (isNoted) this.#count.opened(topic, now);
    return { ...answer, isNoted };
  }

  /** Hears what came of an entry. @param isOpen whether its session, if it has one, is open still. */
  settle({ topic, form, sessionId, isNoted }: Entered, outcome: EntryOutcome, isOpen: boolean): void {
    const isOpened = form === "stream" && outcome === "let-in";
    if (outcome !== "failed") this.#guesses.settle(topic, outcome === "let-in");
    if (isOpened && !isNoted) this.#count.opened(topic, Date.now());
    else if (form === "stream" && !isOpened) this.#count.refused(isNoted ? topic : null);
    if (isOpened && isOpen && sessionId !== null) this.#note(sessionId, topic);
  }

  #note(sessionId: string, topic: string): void {
    this.#sql.exec("INSERT OR IGNORE INTO streams (session_id, topic) VALUES (?, ?)", sessionId, topic);
  }

  /** In a session, or in any. */
  #hasStreamed(topic: string, sessionId: string | null = null): boolean {
    const rows = this.#sql.exec(
      "SELECT 1 FROM streams WHERE topic = ? AND session_id = coalesce(?, session_id) LIMIT 1",
      topic,
      sessionId,
    );
    return rows.toArray().length > 0;
  }
}
