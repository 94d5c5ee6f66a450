import type { DatabaseSync, StatementSync } from "node:sqlite";
import { CommandError } from "../errors/CommandError.ts";

/**
 * The last answer of each session's numbered write. A driver that lost the connection sends the write again under its
 * number: it gets this answer, and nothing is written twice, not even when the server died in between.
 */
export class RetryableAnswers {
  readonly #find: StatementSync;
  readonly #save: StatementSync;
  readonly #forget: StatementSync;

  constructor(database: DatabaseSync) {
    this.#find = database.prepare("SELECT number, reply FROM answers WHERE session = ?");
    this.#save = database.prepare(
      "INSERT OR REPLACE INTO answers (session, number, reply, used) VALUES (?, ?, ?, ?)",
    );
    this.#forget = database.prepare("DELETE FROM answers WHERE used < ?");
  }

  /** The answer to that write, `null` when it is new; throws `TransactionTooOld` when a later one was answered. */
  find(session: string, number: number): Uint8Array | null {
    const row = this.#find.get(session);
    if (row === undefined || Number(row["number"]) < number) return null;
    if (Number(row["number"]) > number) {
      throw new CommandError(
        "TransactionTooOld",
        `Retryable write ${number} is older than the session's last one`,
      );
    }
    const { reply } = row;
    return reply instanceof Uint8Array ? reply : null;
  }

  /** To be called in the change that the answer is about. `usedAt`: milliseconds since 1970. */
  save(session: string, number: number, reply: Uint8Array, usedAt: number): void {
    this.#save.run(session, number, reply, usedAt);
  }

  forgetBefore(usedAt: number): void {
    this.#forget.run(usedAt);
  }
}
