import type { BsonDocument } from "../bson/BsonDocument.ts";
import type { CursorRegistry } from "../cursors/CursorRegistry.ts";
import type { ClientNames } from "../failPoints/ClientNames.ts";
import type { FailPoints } from "../failPoints/FailPoints.ts";
import type { Time } from "../oplog/clusterTime.ts";
import type { ReadView } from "../storage/ReadView.ts";
import type { Store } from "../storage/Store.ts";
import type { Writer } from "../storage/Writer.ts";
import type { WriteLocks } from "../transactions/WriteLocks.ts";
import type { ReadLevel } from "./genericArguments.ts";
import type { RunningCommands } from "./RunningCommands.ts";
import type { Sessions } from "../transactions/Sessions.ts";
import type { Transactions } from "../transactions/Transactions.ts";

/** The parts of the server that commands work with. */
export interface ServerParts {
  readonly store: Store;
  readonly cursors: CursorRegistry;
  readonly transactions: Transactions;
  readonly sessions: Sessions;
  readonly failPoints: FailPoints;
  readonly clientNames: ClientNames;
  readonly running: RunningCommands;
  readonly locks: WriteLocks;
  /** `host:port`, as clients are told to connect. */
  readonly address: () => string;
  readonly connections: () => number;
  readonly startedAt: number;
}

/** The session that a command came in. */
interface Session {
  /** The session's id in hexadecimal. */
  readonly id: string;
  readonly lsid: BsonDocument;
}

/** What one command may know and use. */
export interface CommandContext extends ServerParts {
  readonly database: string;
  readonly connectionId: number;
  readonly session: Session | null;
  /** The number of the transaction or retryable write, with its type as sent. */
  readonly txnNumber: { readonly value: number; readonly sent: unknown } | null;
  readonly isTransaction: boolean;
  readonly view: ReadView;
  /** Where changes go; throws for a command that may not write. */
  readonly writer: Writer;
  /** Runs a part of a write that may fail on its own. */
  readonly attempt: <T>(work: () => T) => T;
  /** The time of a snapshot read, which its answer names. */
  readonly snapshotTime: Time | null;
  /** The level of the read concern that was sent. */
  readonly readLevel: ReadLevel | null;
  /** Milliseconds, `null` for no limit. */
  readonly maxTimeMS: number | null;
  /** When its time is over, in `performance.now()`; `Infinity` for no limit. */
  readonly deadline: number;
  /** Whether somebody has asked to end it (`killOp`). */
  readonly isKilled: () => boolean;
  /** Aborted when the client has gone. */
  readonly closed: AbortSignal;
}
