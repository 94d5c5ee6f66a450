import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { z } from "zod";

const PROGRAM = new URL("../../local-atlas/main.ts", import.meta.url);
const ready = z.object({ port: z.number() });

/** The database in a process of its own, as `npm start` runs it. */
export interface DatabaseProcess {
  readonly uri: string;
  readonly port: number;
  /** As a power cut would: nothing in the process gets to run. */
  kill(): Promise<void>;
}

/** Starts the database on a folder; port 0 takes any. */
export async function startDatabaseProcess(folder: string, port = 0): Promise<DatabaseProcess> {
  const child = fork(PROGRAM, { env: { ...process.env, MONGODB_PORT: String(port), DATA_DIR: folder } });
  const [message]: unknown[] = await once(child, "message");
  const taken = ready.parse(message).port;
  return { uri: `mongodb://127.0.0.1:${taken}/?replicaSet=rs0`, port: taken, kill: () => killNow(child) };
}

async function killNow(child: ChildProcess): Promise<void> {
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}
