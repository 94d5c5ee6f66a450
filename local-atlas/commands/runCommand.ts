import { BSONError } from "bson";
import type { BsonDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import { isStackOverflow } from "../errors/checkNesting.ts";
import type { LabelContext } from "../errors/errorLabels.ts";
import { ConnectionCut, InjectedError } from "../failPoints/FailPoints.ts";
import { injectFault } from "../failPoints/injectFault.ts";
import { secondsOf, type Time } from "../oplog/clusterTime.ts";
import { LockedError } from "../transactions/WriteLocks.ts";
import type { CommandMessage } from "../wire/message.ts";
import { type Call, contextOf, type RunnerParts, snapshotTimeOf } from "./Call.ts";
import { COMMANDS, UNSUPPORTED_COMMANDS } from "./commandTable.ts";
import type { Command } from "./Command.ts";
import { errorReply } from "./errorReply.ts";
import { addWriteConcernError, finishReply } from "./finishReply.ts";
import { type GenericArguments, splitGenericArguments } from "./genericArguments.ts";
import { readBody } from "./readBody.ts";
import { runInTransaction } from "./runInTransaction.ts";
import { runWrite } from "./runWrite.ts";

/** As far ahead of our clock as a client's cluster time may be, as in the real server. */
const MAX_DRIFT_SECONDS = 365 * 24 * 3600;
const DEFAULT_LOCK_WAIT_MS = 60_000;
const NO_LABELS: LabelContext = { inTransaction: false, endsTransaction: false, isRetryableWrite: false };

/**
 * Runs one command and answers its BSON, or `null` when a fail point closes the connection. Never throws: whatever goes
 * wrong is an answer with `ok: 0`.
 */
export async function runCommand(
  parts: RunnerParts,
  message: CommandMessage,
  connectionId: number,
  closed: AbortSignal,
): Promise<Uint8Array | null> {
  const arrivedAt = performance.now();
  let name = "unknown";
  let labels: LabelContext = NO_LABELS;
  try {
    const body = readBody(message);
    name = Object.keys(body)[0] ?? "";
    const { generic, own } = splitGenericArguments(body);
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (command === undefined) throw unknownCommand(name);
    labels = labelContext(command, generic);
    noteTimes(parts, generic);
    if (generic.session !== null) parts.sessions.note(generic.session.id, generic.session.lsid);
    return await runNoted(parts, { name, command, own, generic, connectionId, closed, labels, arrivedAt });
  } catch (error) {
    if (error instanceof ConnectionCut) return null;
    if (!isExpected(error)) parts.reportFailure(name, error);
    return finishReply(parts.store, errorReply(error, labels), 0);
  }
}

/** While it runs, `currentOp` tells of it and `killOp` may end it. */
async function runNoted(parts: RunnerParts, call: Omit<Call, "fault" | "isKilled">): Promise<Uint8Array> {
  const { name, own, generic, connectionId, arrivedAt } = call;
  const candidate = {
    name,
    namespace: namespaceOf(name, own, generic),
    appName: parts.clientNames.of(connectionId),
  };
  const running = parts.running.add({ ...candidate, connectionId, arrivedAt });
  try {
    const fault = await injectFault(parts.failPoints, candidate, call.closed);
    return await runUnlocked(parts, { ...call, fault, isKilled: running.isKilled });
  } finally {
    running.forget();
  }
}

function isExpected(error: unknown): boolean {
  return (
    error instanceof CommandError ||
    error instanceof BSONError ||
    error instanceof InjectedError ||
    isStackOverflow(error)
  );
}

function labelContext(command: Command, generic: GenericArguments): LabelContext {
  const isNumbered = generic.session !== null && generic.txnNumber !== null;
  return {
    inTransaction: generic.isTransaction,
    endsTransaction: command.endsTransaction !== undefined,
    isRetryableWrite: command.retryable === true && isNumbered && !generic.isTransaction,
  };
}

function namespaceOf(name: string, own: BsonDocument, { database }: GenericArguments): string {
  const collection = own[name];
  return `${database}.${typeof collection === "string" ? collection : "$cmd"}`;
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
  return addWriteConcernError(finishReply(parts.store, reply, 1), call);
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
