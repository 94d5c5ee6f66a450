import { ConnectionCut, InjectedError } from "../failPoints/FailPoints.ts";
import { DirectWriter } from "../storage/DirectWriter.ts";
import { type Call, contextOf, type RunnerParts } from "./Call.ts";
import { checkReadConcernOfWrite } from "./checkReadConcern.ts";
import { addWriteConcernError, finishReply } from "./finishReply.ts";

/**
 * Runs a write outside of a transaction: all of it or nothing is on disk, with the answer to a retry. Throws
 * `LockedError` when it has to wait.
 */
export function runWrite(parts: RunnerParts, call: Call): Uint8Array {
  checkReadConcernOfWrite(call);
  const numbered = numberOf(call);
  let isCut = false;
  const answer = parts.store.change(() => {
    const answered = numbered === null ? null : parts.answers.find(numbered.session, numbered.number);
    if (answered !== null) return answered;
    const written = write(parts, call);
    if (numbered === null) return written;
    isCut = failNumberedWrite(parts);
    parts.answers.save(numbered.session, numbered.number, written, parts.store.now());
    return written;
  });
  if (isCut) throw new ConnectionCut();
  return addWriteConcernError(answer, call);
}

function write(parts: RunnerParts, call: Call): Uint8Array {
  const moment = () => ({ time: parts.store.clock.next(), position: 0 });
  const writer = new DirectWriter(parts.store, moment, parts.locks.check);
  const reply = call.command.run({ ...contextOf(parts, call), writer }, call.own);
  if (reply instanceof Promise) throw new Error(`the write ${call.name} must not wait`);
  return finishReply(parts.store, reply, 1);
}

/** A write that its driver may send again under its number. */
function numberOf(call: Call): { readonly session: string; readonly number: number } | null {
  const { session, txnNumber } = call.generic;
  if (!call.labels.isRetryableWrite || session === null || txnNumber === null) return null;
  return { session: session.id, number: txnNumber.value };
}

/** True when a fail point closes the connection after the write; throws when it undoes the write. */
function failNumberedWrite(parts: RunnerParts): boolean {
  const fault = parts.failPoints.ofTransactionalWrite();
  if (fault === null) return false;
  const cuts = fault.closeConnection !== false;
  if (fault.failBeforeCommitExceptionCode === undefined) return cuts;
  throw cuts ? new ConnectionCut() : new InjectedError(fault.failBeforeCommitExceptionCode, null);
}
