import { DurableObject } from "cloudflare:workers";

import { describeError, logLine } from "../protocol/logLine.ts";

/**
 * The object of one user: which of their sessions are open, and which hubs stream to each. It answers without the
 * database, so that signed-in pages go on while the database is away.
 */
export class UserSessions extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec(`
      CREATE TABLE IF NOT EXISTS sessions (id TEXT PRIMARY KEY, expires_at INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS streams (
        session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        topic TEXT NOT NULL,
        PRIMARY KEY (session_id, topic)
      );
    `);
  }

  /** Opens a session until `expiresAt` (milliseconds since 1970), and forgets those that have run out. */
  begin(sessionId: string, expiresAt: number): void {
    const { sql } = this.ctx.storage;
    sql.exec("DELETE FROM sessions WHERE expires_at <= ?", Date.now());
    sql.exec("INSERT OR REPLACE INTO sessions (id, expires_at) VALUES (?, ?)", sessionId, expiresAt);
  }

  /** Whether the session has been opened and has neither ended nor run out. */
  isOpen(sessionId: string): boolean {
    const rows = this.ctx.storage.sql.exec(
      "SELECT 1 FROM sessions WHERE id = ? AND expires_at > ?",
      sessionId,
      Date.now(),
    );
    return !rows.next().done;
  }

  /** Notes that the session streams from a topic. Answers whether the session is open at all. */
  openStream(sessionId: string, topic: string): boolean {
    if (!this.isOpen(sessionId)) return false;
    this.ctx.storage.sql.exec(
      "INSERT OR IGNORE INTO streams (session_id, topic) VALUES (?, ?)",
      sessionId,
      topic,
    );
    return true;
  }

  /** The topics that open sessions have streamed from. Their streams may have ended since. */
  topics(): string[] {
    const rows = this.ctx.storage.sql.exec<{ topic: string }>(
      `SELECT DISTINCT topic FROM streams JOIN sessions ON sessions.id = session_id WHERE expires_at > ?`,
      Date.now(),
    );
    return rows.toArray().map(({ topic }) => topic);
  }

  /** Ends the session and closes its streams. Ending it twice is harmless. */
  async end(sessionId: string): Promise<void> {
    const { sql } = this.ctx.storage;
    const topics = sql
      .exec<{ topic: string }>("SELECT topic FROM streams WHERE session_id = ?", sessionId)
      .toArray();
    sql.exec("DELETE FROM sessions WHERE id = ?", sessionId);
    await Promise.all(topics.map(({ topic }) => this.#endStreams(topic, sessionId)));
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
