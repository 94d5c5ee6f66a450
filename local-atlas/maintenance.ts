import type { RunnerParts } from "./commands/Call.ts";
import { logProblem } from "./logProblem.ts";
import { expireDocuments } from "./storage/expireDocuments.ts";

const PERIOD_MS = 10_000;
/** As the real server's `minSnapshotHistoryWindowInSeconds`. */
const HISTORY_SECONDS = 300;
/** As long as Atlas keeps at least. */
const OPLOG_SECONDS = 24 * 3600;
const ANSWERS_MS = 30 * 60_000;

/** Does every few seconds what time asks for: expiring, closing what is idle, forgetting what is old. */
export function startMaintenance(parts: RunnerParts): () => void {
  const timer = setInterval(() => {
    try {
      maintain(parts);
    } catch (error) {
      logProblem("error", "maintenance failed", { error: String(error) });
    }
  }, PERIOD_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** One round of it. */
export function maintain(parts: RunnerParts): void {
  const now = parts.store.now();
  parts.cursors.sweep();
  parts.transactions.sweep();
  for (const { id } of parts.sessions.sweep()) parts.cursors.closeSession(id);
  expireDocuments(parts.store, parts.locks.check);
  const seconds = Math.floor(now / 1000);
  parts.store.forgetBefore(seconds - HISTORY_SECONDS, seconds - OPLOG_SECONDS);
  parts.store.change(() => parts.answers.forgetBefore(now - ANSWERS_MS));
}
