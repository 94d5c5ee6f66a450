import { Binary, BSONError, Long } from "bson";
import type { BsonDocument } from "../bson/BsonDocument.ts";
import { compose, elementsOf, encodeWithRaw } from "../bson/rawBson.ts";
import { CommandError } from "../errors/CommandError.ts";
import { secondsOf, type Time, toTimestamp } from "../oplog/clusterTime.ts";
import { DirectWriter } from "../storage/DirectWriter.ts";
import type { RetryableAnswers } from "../transactions/RetryableAnswers.ts";
import type { Transaction } from "../transactions/Transaction.ts";
import { LockedError, type WriteLocks } from "../transactions/WriteLocks.ts";
import type { CommandMessage } from "../wire/message.ts";
import type { Command, CommandReply } from "./Command.ts";
import type { CommandContext, ServerParts } from "./CommandContext.ts";
import { COMMANDS, UNSUPPORTED_COMMANDS } from "./commandTable.ts";
import { errorReply } from "./errorReply.ts";
import { type GenericArguments, splitGenericArguments } from "./genericArguments.ts";
import { readBody } from "./readBody.ts";
import { READ_ONLY } from "./readOnlyWriter.ts";

/** What running commands needs beside what commands themselves need. */
export interface RunnerParts extends ServerParts {
  readonly locks: WriteLocks;
  readonly answers: RetryableAnswers;
  readonly reportFailure: (command: string, error: unknown) => void;
}

interface Call {
  readonly name: string;
  readonly command: Command;
  readonly own: BsonDocument;
  readonly generic: GenericArguments;
  readonly connectionId: number;
  readonly closed: AbortSignal;
}

/** As far ahead of our clock as a client's cluster time may be, as in the real server. */
const MAX_DRIFT_SECONDS = 365 * 24 * 3600;
const UNSIGNED = { hash: new Binary(Buffer.alloc(20)), keyId: Long.ZERO };
const DEFAULT_LOCK_WAIT_MS = 60_000;

/** Runs one command and answers its BSON. Never throws: whatever goes wrong is an answer with `ok: 0`. */
export async function runCommand(
  parts: RunnerParts,
  message: CommandMessage,
  connectionId: number,
  closed: AbortSignal,
): Promise<Uint8Array> {
  let name = "unknown";
  let inTransaction = false;
  try {
    const body = readBody(message);
    name = Object.keys(body)[0] ?? "";
    const { generic, own } = splitGenericArguments(body);
    inTransaction = generic.isTransaction;
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (command === undefined) throw unknownCommand(name);
    noteTimes(parts, generic);
    return await runUnlocked(parts, { name, command, own, generic, connectionId, closed });
  } catch (error) {
    if (!(error instanceof CommandError) && !(error instanceof BSONError)) parts.reportFailure(name, error);
    return finish(parts, errorReply(error, inTransaction), 0);
  }
}

function unknownCommand(name: string): CommandError {
  return UNSUPPORTED_COMMANDS.has(name)
    ? new CommandError("CommandNotSupported", `'${name}' is not supported by this server`)
    : new CommandError("CommandNotFound", `no such command: '${name}'`);
}

function noteTimes(parts: RunnerParts, generic: GenericArguments): void {
  const { clock } = parts.store;
  const limit = Math.floor(parts.store.now() / 1000) + MAX_DRIFT_SECONDS;
  for (const time of [generic.clusterTime, generic.afterClusterTime, generic.atClusterTime]) {
    if (time === null || time <= clock.latest) continue;
    if (secondsOf(time) > limit) throw new CommandError("BadValue", "the cluster time is too far ahead");
    clock.advanceTo(time);
    parts.store.passTime();
  }
}

/** A write that meets an open transaction waits for its end, then tries again. */
async function runUnlocked(parts: RunnerParts, call: Call): Promise<Uint8Array> {
  const deadline = parts.store.now() + (call.generic.maxTimeMS ?? DEFAULT_LOCK_WAIT_MS);
  for (;;) {
    try {
      return await runOnce(parts, call);
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
      await waitForRelease(error.released, deadline - parts.store.now());
    }
  }
}

async function waitForRelease(released: Promise<void>, milliseconds: number): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new CommandError("MaxTimeMSExpired", "operation exceeded time limit")),
    Math.max(0, milliseconds),
  );
  try {
    await Promise.race([released, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function runOnce(parts: RunnerParts, call: Call): Promise<Uint8Array> {
  if (call.generic.isTransaction) return runInTransaction(parts, call);
  if (call.command.kind === "write") return runWrite(parts, call);
  const snapshotTime = snapshotOf(parts, call);
  const reply = await call.command.run(
    {
      ...contextOf(parts, call),
      view: snapshotTime === null ? parts.store.current : parts.store.at(snapshotTime),
      snapshotTime,
    },
    call.own,
  );
  return finish(parts, reply, 1);
}

function runWrite(parts: RunnerParts, call: Call): Uint8Array {
  const { session, txnNumber } = call.generic;
  const retry = call.command.retryable === true && session !== null && txnNumber !== null;
  if (call.generic.isSnapshot) throw new CommandError("InvalidOptions", "a write cannot read at a snapshot");
  return parts.store.change(() => {
    const answered = retry ? parts.answers.find(session.id, txnNumber.value) : null;
    if (answered !== null) return answered;
    const moment = () => ({ time: parts.store.clock.next(), position: 0 });
    const writer = new DirectWriter(parts.store, moment, parts.locks.check);
    const reply = call.command.run({ ...contextOf(parts, call), writer }, call.own);
    if (reply instanceof Promise) throw new Error(`the write ${call.name} must not wait`);
    const answer = finish(parts, reply, 1);
    if (retry) parts.answers.save(session.id, txnNumber.value, answer, parts.store.now());
    return answer;
  });
}

/** Any failure ends the whole transaction, as in the real server. */
async function runInTransaction(parts: RunnerParts, call: Call): Promise<Uint8Array> {
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
  if (call.command.endsTransaction === true) return runEnd(parts, call, session.id, txnNumber.value);
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
    return finish(parts, reply, 1);
  } catch (error) {
    parts.transactions.abortIfOpen(session.id, txnNumber.value);
    throw error;
  }
}

/** The end of a transaction is answered again like a retryable write, after a restart too. */
function runEnd(parts: RunnerParts, call: Call, session: string, number: number): Uint8Array {
  return parts.store.change(() => {
    const answered = parts.answers.find(session, number);
    if (answered !== null) return answered;
    const reply = call.command.run(contextOf(parts, call), call.own);
    if (reply instanceof Promise) throw new Error(`${call.name} must not wait`);
    const answer = finish(parts, reply, 1);
    parts.answers.save(session, number, answer, parts.store.now());
    return answer;
  });
}

function openTransaction(parts: RunnerParts, call: Call, session: string, number: number): Transaction {
  if (!call.generic.startsTransaction) return parts.transactions.find(session, number);
  const snapshot = call.generic.atClusterTime ?? parts.store.clock.latest;
  return parts.transactions.start(session, number, snapshot);
}

function failedWrites(reply: CommandReply): boolean {
  const errors = reply["writeErrors"];
  return Array.isArray(errors) && errors.length > 0;
}

function contextOf(parts: RunnerParts, call: Call): CommandContext {
  return {
    ...parts,
    database: call.generic.database,
    connectionId: call.connectionId,
    session: call.generic.session,
    txnNumber: call.generic.txnNumber,
    isTransaction: call.generic.isTransaction,
    view: parts.store.current,
    writer: READ_ONLY,
    attempt: call.generic.isTransaction ? (work) => work() : (work) => parts.store.attempt(work),
    snapshotTime: null,
    maxTimeMS: call.generic.maxTimeMS,
    closed: call.closed,
  };
}

function snapshotOf(parts: RunnerParts, call: Call): Time | null {
  const { isSnapshot, atClusterTime } = call.generic;
  if (atClusterTime !== null && !isSnapshot) {
    throw new CommandError("InvalidOptions", "atClusterTime needs the read concern level snapshot");
  }
  if (!isSnapshot) return null;
  if (call.command.snapshot !== true) {
    throw new CommandError("InvalidOptions", `'${call.name}' cannot read at a snapshot`);
  }
  const time = atClusterTime ?? parts.store.clock.latest;
  if (time < parts.store.earliestSnapshot()) {
    throw new CommandError("SnapshotTooOld", "the history of that time is no longer kept");
  }
  return time;
}

function finish(parts: RunnerParts, reply: CommandReply, ok: 0 | 1): Uint8Array {
  const latest = toTimestamp(parts.store.clock.latest);
  return compose([
    elementsOf(encodeWithRaw(reply)),
    elementsOf(
      encodeWithRaw({
        ok,
        $clusterTime: { clusterTime: latest, signature: UNSIGNED },
        operationTime: latest,
      }),
    ),
  ]);
}
