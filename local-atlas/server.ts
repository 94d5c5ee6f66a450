import { CursorRegistry } from "./cursors/CursorRegistry.ts";
import type { RunnerParts } from "./commands/Call.ts";
import { RunningCommands } from "./commands/RunningCommands.ts";
import { runCommand } from "./commands/runCommand.ts";
import { ClientNames } from "./failPoints/ClientNames.ts";
import { FailPoints } from "./failPoints/FailPoints.ts";
import { logProblem } from "./logProblem.ts";
import { maintain, startMaintenance } from "./maintenance.ts";
import type { Now } from "./oplog/ClusterClock.ts";
import { rebuildKeys } from "./storage/rebuildKeys.ts";
import { Store } from "./storage/Store.ts";
import { RetryableAnswers } from "./transactions/RetryableAnswers.ts";
import { Sessions } from "./transactions/Sessions.ts";
import { Transactions } from "./transactions/Transactions.ts";
import { WriteLocks } from "./transactions/WriteLocks.ts";
import { Listener } from "./wire/Listener.ts";

/** Where the server listens and where it keeps its data. */
export interface ServerOptions {
  /** 0 for any free port. */
  readonly port: number;
  /** A loopback address; `127.0.0.1` by default. */
  readonly host?: string;
  /** The folder that holds the data; `null` keeps them in memory. */
  readonly dataDir: string | null;
  /** Milliseconds since 1970. */
  readonly now?: Now;
}

/** A running server. */
export interface RunningServer {
  readonly port: number;
  /** Does at once what is otherwise done every few seconds: expiring, and forgetting what is old. */
  maintain(): void;
  close(): Promise<void>;
}

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

/**
 * Starts the local database: a replica set `rs0` of one member that speaks MongoDB's wire protocol on loopback.
 * Rejects with Node's error when the port is taken (`EADDRINUSE`) or the folder cannot be used.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const host = options.host ?? "127.0.0.1";
  if (!LOOPBACK.has(host)) throw new Error(`the local database listens on loopback only, not on ${host}`);
  const now = options.now ?? Date.now;
  const store = new Store(options.dataDir, now);
  rebuildKeys(store);
  const locks = new WriteLocks();
  let port = options.port;
  const parts: RunnerParts = {
    store,
    locks,
    cursors: new CursorRegistry(now),
    transactions: new Transactions(store, locks),
    answers: new RetryableAnswers(store.file),
    sessions: new Sessions(now),
    failPoints: new FailPoints(),
    clientNames: new ClientNames(),
    running: new RunningCommands(),
    address: () => `${host}:${port}`,
    connections: () => listener.connections,
    startedAt: now(),
    reportFailure: (command, error) =>
      logProblem("error", "command failed", { command, error: String(error) }),
  };
  const listener = new Listener(
    (message, connectionId, closed) => runCommand(parts, message, connectionId, closed),
    (connectionId, problem) => logProblem("warn", "connection closed", { connectionId, problem }),
  );
  try {
    port = await listener.listen(options.port, host);
  } catch (error) {
    store.close();
    throw error;
  }
  const stopMaintenance = startMaintenance(parts);
  const close = async () => {
    stopMaintenance();
    parts.cursors.closeAll();
    await listener.close();
    store.close();
  };
  return { port, maintain: () => maintain(parts), close };
}
