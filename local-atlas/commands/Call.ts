import type { BsonDocument } from "../bson/BsonDocument.ts";
import { CommandError } from "../errors/CommandError.ts";
import type { LabelContext } from "../errors/errorLabels.ts";
import type { FailCommand } from "../failPoints/failPointSchema.ts";
import type { Time } from "../oplog/clusterTime.ts";
import type { RetryableAnswers } from "../transactions/RetryableAnswers.ts";
import type { Command } from "./Command.ts";
import type { CommandContext, ServerParts } from "./CommandContext.ts";
import type { GenericArguments } from "./genericArguments.ts";
import { READ_ONLY } from "./readOnlyWriter.ts";

/** What running commands needs beside what commands themselves need. */
export interface RunnerParts extends ServerParts {
  readonly answers: RetryableAnswers;
  readonly reportFailure: (command: string, error: unknown) => void;
}

/** One command as it came, taken apart. */
export interface Call {
  readonly name: string;
  readonly command: Command;
  readonly own: BsonDocument;
  readonly generic: GenericArguments;
  readonly connectionId: number;
  readonly closed: AbortSignal;
  readonly isKilled: () => boolean;
  /** By `performance.now()`. */
  readonly arrivedAt: number;
  /** The fail point that concerns it. */
  readonly fault: FailCommand | null;
  /** By what its errors get their labels. */
  readonly labels: LabelContext;
}

/** What a command sees that only reads the present. */
export function contextOf(parts: RunnerParts, call: Call): CommandContext {
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
    readLevel: call.generic.readLevel,
    maxTimeMS: call.generic.maxTimeMS,
    deadline: call.arrivedAt + (call.generic.maxTimeMS ?? Infinity),
    isKilled: call.isKilled,
    closed: call.closed,
  };
}

/** The time of a snapshot read; throws `SnapshotTooOld` when its history is gone. */
export function snapshotTimeOf(parts: RunnerParts, call: Call): Time {
  const time = call.generic.atClusterTime ?? parts.store.clock.latest;
  if (time >= parts.store.earliestSnapshot()) return time;
  throw new CommandError("SnapshotTooOld", "the history of that time is no longer kept");
}
