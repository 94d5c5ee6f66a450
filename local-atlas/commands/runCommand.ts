import { BSONError } from "bson";
import { CommandError } from "../errors/CommandError.ts";
import { secondsOf, type Time } from "../oplog/clusterTime.ts";
import { DirectWriter } from "../storage/DirectWriter.ts";
import { LockedError } from "../transactions/WriteLocks.ts";
import type { CommandMessage } from "../wire/message.ts";
import { type Call, contextOf, type RunnerParts, snapshotTimeOf } from "./Call.ts";
import { COMMANDS, UNSUPPORTED_COMMANDS } from "./commandTable.ts";
import { errorReply } from "./errorReply.ts";
import { finishReply } from "./finishReply.ts";
import { type GenericArguments, splitGenericArguments } from "./genericArguments.ts";
import { readBody } from "./readBody.ts";
import { runInTransaction } from "./runInTransaction.ts";

/** As far ahead of our clock as a client's cluster time may be, as in the real server. */
const MAX_DRIFT_SECONDS = 365 * 24 * 3600;
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
    return finishReply(parts.store, errorReply(error, inTransaction), 0);
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
  return finishReply(parts.store, reply, 1);
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
    const answer = finishReply(parts.store, reply, 1);
    if (retry) parts.answers.save(session.id, txnNumber.value, answer, parts.store.now());
    return answer;
  });
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
  return snapshotTimeOf(parts, call);
}
