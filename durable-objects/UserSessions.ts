import { DurableObject } from "cloudflare:workers";

import { describeError, logLine } from "../protocol/logLine.ts";
import { isAddressHolder } from "../protocol/holder.ts";
import { hubSettings } from "./hub/hubSettings.ts";
import { Entrance, type Entered, type EntryAnswer, type EntryOutcome, type EntryWish } from "./Entrance.ts";
import { missingColumns } from "./missingColumns.ts";
import { SignInAttempts } from "./SignInAttempts.ts";
import { SpentTokens } from "./SpentTokens.ts";

/** A session to open. Times are milliseconds since 1970. */
export interface NewSession {
  readonly id: string;
  readonly expiresAt: number;
  /** What the browser says it is, shortened. */
  readonly device: string;
}

/** A session that is open. Times are milliseconds since 1970. */
export interface OpenSession extends NewSession {
  readonly createdAt: number;
  readonly lastSeenAt: number;
}

/**
 * `unsure`: it is open by what is known here, but nobody has asked for a while whether its account is still there.
 * Whoever hears it asks, and calls `endAll` when it is not.
 */
export type SessionState = "open" | "unsure" | "ended";

/** For how long an account is taken to be there, after it was. Longer costs safety, shorter costs reads. */
const ACCOUNT_KNOWN_MS = 10_000;

/** How exactly it is told when a session was last seen: each time it is noted is a write. */
const SEEN_STEP_MS = 60_000;

/** Wrong guesses a day of one account, from browsers that it does not know; where no variable says otherwise. */
const STRANGERS_A_DAY = 100;

/** Columns that came after the table. */
const LATER_COLUMNS = {
  created_at: "INTEGER NOT NULL DEFAULT 0",
  last_seen_at: "INTEGER NOT NULL DEFAULT 0",
  device: "TEXT NOT NULL DEFAULT ''",
} as const;

/**
 * The object of one user: which of their sessions are open, and which hubs stream to each. It answers without the
 * database, so that signed-in pages go on while the database is away. Of an address from which guests come there is one
 * as well, for the streams alone.
 */
export class UserSessions extends DurableObject<Env> {
  readonly #attempts: SignInAttempts;
  readonly #entrance: Entrance;
  #accountKnownAt = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const { sql } = ctx.storage;
    sql.exec("CREATE TABLE IF NOT EXISTS sessions (id TEXT PRIMARY KEY, expires_at INTEGER NOT NULL)");
    this.#attempts = new SignInAttempts(ctx.storage, Number(env.SIGN_IN_GUESSES_A_DAY ?? STRANGERS_A_DAY));
    for (const statement of missingColumns(sql, "sessions", LATER_COLUMNS)) sql.exec(statement);
    const { streamMs, maxStreamsPerAccount, maxStreamsPerAddress } = hubSettings(env);
    this.#entrance = new Entrance({
      storage: ctx.storage,
      most: isAddressHolder(this.#name) ? maxStreamsPerAddress : maxStreamsPerAccount,
      streamMs,
      now: Date.now(),
      ask: (topic) => this.#streamsAt(topic),
    });
  }

  /** The guesses of an account's password, in the object of its address: there it is not known yet whose it is. */
  get attempts(): SignInAttempts {
    return this.#attempts;
  }

  /** Uses up a token that is good once for this user; answers whether it was. Milliseconds since 1970. */
  spend(token: string, expiresAt: number): boolean {
    return new SpentTokens(this.ctx.storage.sql).spend(token, expiresAt, Date.now());
  }

  /** Opens a session, and forgets those that have run out. */
  begin({ id, expiresAt, device }: NewSession): void {
    const { sql } = this.ctx.storage;
    const now = Date.now();
    sql.exec("DELETE FROM sessions WHERE expires_at <= ?", now);
    sql.exec(
      "INSERT OR REPLACE INTO sessions (id, expires_at, created_at, last_seen_at, device) VALUES (?, ?, ?, ?, ?)",
      id,
      expiresAt,
      now,
      now,
      device,
    );
  }

  /** Whether the session has been opened and has neither ended nor run out. */
  isOpen(sessionId: string): boolean {
    return this.#lastSeen(sessionId, Date.now()) !== null;
  }

  /** The same for a request that comes with the session, which is noted. */
  use(sessionId: string): SessionState {
    const now = Date.now();
    const lastSeen = this.#lastSeen(sessionId, now);
    if (lastSeen === null) return "ended";
    if (now - lastSeen >= SEEN_STEP_MS) this.#seen(sessionId, now);
    if (now - this.#accountKnownAt < ACCOUNT_KNOWN_MS) return "open";
    // One of many requests at a time asks; the others need not wait for it.
    this.#accountKnownAt = now;
    return "unsure";
  }

  /**
   * Asked before a hub is woken in somebody's name. A session is used by it. Then `settle` is called, but for a yes to
   * what is noted.
   */
  async enter(wish: EntryWish): Promise<EntryAnswer> {
    const state = wish.sessionId === null ? "open" : this.use(wish.sessionId);
    if (state === "ended") return { refusal: "signed-out" };
    return this.#entrance.enter(wish, state === "open");
  }

  /**
   * Hears what came of an entry, and notes a stream that was opened with its session, so that it ends with that. Answers
   * whether the session is open at all: if it is not, nobody will close that stream but the caller.
   */
  settle(entered: Entered, outcome: EntryOutcome): boolean {
    const { sessionId } = entered;
    const isOpen = sessionId === null || this.isOpen(sessionId);
    this.#entrance.settle(entered, outcome, isOpen);
    return isOpen;
  }

  /** The topics that open sessions have streamed from. Their streams may have ended since. */
  topics(): string[] {
    return [...new Set(this.list().flatMap(({ id }) => this.#entrance.topicsOf(id)))];
  }

  /** The sessions that are open, the last seen first. */
  list(): readonly OpenSession[] {
    return this.ctx.storage.sql
      .exec<{ id: string; expires_at: number; created_at: number; last_seen_at: number; device: string }>(
        "SELECT * FROM sessions WHERE expires_at > ? ORDER BY last_seen_at DESC, created_at DESC",
        Date.now(),
      )
      .toArray()
      .map(({ id, device, ...at }) => ({
        id,
        device,
        expiresAt: at.expires_at,
        createdAt: at.created_at,
        lastSeenAt: at.last_seen_at,
      }));
  }

  /** Ends the session and closes its streams; answers whether it was there. Ending it twice is harmless. */
  async end(sessionId: string): Promise<boolean> {
    const { sql } = this.ctx.storage;
    const topics = this.#entrance.topicsOf(sessionId);
    const { rowsWritten } = sql.exec("DELETE FROM sessions WHERE id = ?", sessionId);
    await Promise.all(topics.map((topic) => this.#endStreams(topic, sessionId)));
    return rowsWritten > 0;
  }

  /**
   * Ends all sessions of the user and closes their streams; answers how many. It needs no database.
   * @param keep A session that may stay.
   */
  async endAll(keep: string | null = null): Promise<number> {
    // Of a session that is just being opened the account is asked for again: it may be gone.
    this.#accountKnownAt = 0;
    const ids = this.list().flatMap(({ id }) => (id === keep ? [] : [id]));
    const ended = await Promise.all(ids.map((id) => this.end(id)));
    return ended.filter(Boolean).length;
  }

  get #name(): string {
    // It is only ever asked for by name.
    return this.ctx.id.name ?? "";
  }

  /** A hub that can't be asked has just lost its streams. */
  async #streamsAt(topic: string): Promise<number> {
    try {
      return await this.env.HUBS.getByName(topic).streamsOf(this.#name);
    } catch (error) {
      logLine("warn", "hub-unavailable", { topic, ...describeError(error) });
      return 0;
    }
  }

  /** Milliseconds since 1970, `null` when the session is not open. */
  #lastSeen(sessionId: string, now: number): number | null {
    const [found] = this.ctx.storage.sql
      .exec<{ last_seen_at: number }>(
        "SELECT last_seen_at FROM sessions WHERE id = ? AND expires_at > ?",
        sessionId,
        now,
      )
      .toArray();
    return found ? found.last_seen_at : null;
  }

  #seen(sessionId: string, now: number): void {
    this.ctx.storage.sql.exec("UPDATE sessions SET last_seen_at = ? WHERE id = ?", now, sessionId);
  }

  /** A hub that can't be told has just lost its streams, and the session won't open another. */
  async #endStreams(topic: string, sessionId: string): Promise<void> {
    try {
      await this.env.HUBS.getByName(topic).endSession(sessionId);
    } catch (error) {
      logLine("warn", "hub-unavailable", { topic, ...describeError(error) });
    }
  }
}
