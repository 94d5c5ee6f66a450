import { CommandError } from "../errors/CommandError.ts";
import type { Transaction } from "../transactions/Transaction.ts";
import { type Call, contextOf, type RunnerParts, snapshotTimeOf } from "./Call.ts";
import { checkConcernsInTransaction } from "./checkReadConcern.ts";
import type { CommandReply } from "./Command.ts";
import { addWriteConcernError, finishReply } from "./finishReply.ts";

/** Any failure ends the whole transaction, as in the real server. */
export async function runInTransaction(parts: RunnerParts, call: Call): Promise<Uint8Array> {
  const { session, txnNumber } = call.generic;
  if (session === null || txnNumber === null) {
    throw new CommandError("InvalidOptions", "a transaction needs a session and a txnNumber");
  }
  if (!call.command.inTransaction) {
    throw new CommandError(
      "OperationNotSupportedInTransaction",
      `Cannot run '${call.name}' in a multi-document transaction.`,
    );
  }
  checkConcernsInTransaction(call);
  if (call.command.endsTransaction !== undefined) return runEnd(parts, call, session.id, txnNumber.value);
  const transaction = openTransaction(parts, call, session.id, txnNumber.value);
  const context = {
    ...contextOf(parts, call),
    view: transaction,
    writer: transaction,
    snapshotTime: call.generic.startsTransaction ? transaction.snapshot : null,
  };
  try {
    const reply = await call.command.run(context, call.own);
    if (failedWrites(reply)) parts.transactions.abort(session.id, txnNumber.value);
    return addWriteConcernError(finishReply(parts.store, reply, 1), call);
  } catch (error) {
    parts.transactions.abortIfOpen(session.id, txnNumber.value);
    throw error;
  }
}

/**
 * The end of a transaction. A commit is answered again like a retryable write, after a restart too: otherwise the
 * driver would have to do the whole transaction again.
 */
function runEnd(parts: RunnerParts, call: Call, session: string, number: number): Uint8Array {
  const isCommit = call.command.endsTransaction === "commit";
  const answer = parts.store.change(() => {
    const answered = isCommit ? parts.answers.find(session, number) : null;
    if (answered !== null) return answered;
    const reply = call.command.run(contextOf(parts, call), call.own);
    if (reply instanceof Promise) throw new Error(`${call.name} must not wait`);
    const finished = finishReply(parts.store, reply, 1);
    if (isCommit) parts.answers.save(session, number, finished, parts.store.now());
    return finished;
  });
  return addWriteConcernError(answer, call);
}

function openTransaction(parts: RunnerParts, call: Call, session: string, number: number): Transaction {
  if (!call.generic.startsTransaction) return parts.transactions.find(session, number);
  return parts.transactions.start(session, number, snapshotTimeOf(parts, call));
}

function failedWrites(reply: CommandReply): boolean {
  const errors = reply["writeErrors"];
  return Array.isArray(errors) && errors.length > 0;
}
