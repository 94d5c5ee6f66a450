/** Which of the tokens that are good once were used: those that have run out need not be remembered. */
export class SpentTokens {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(
      "CREATE TABLE IF NOT EXISTS spent (token TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) WITHOUT ROWID",
    );
  }

  /** Uses a token up; answers whether it was good still. Times in milliseconds since 1970. */
  spend(token: string, expiresAt: number, now: number): boolean {
    this.#sql.exec("DELETE FROM spent WHERE expires_at <= ?", now);
    if (expiresAt <= now) return false;
    const { rowsWritten } = this.#sql.exec(
      "INSERT OR IGNORE INTO spent (token, expires_at) VALUES (?, ?)",
      token,
      expiresAt,
    );
    return rowsWritten > 0;
  }
}
