import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { onTestFinished } from "vitest";

/** A database that can be killed. */
export interface DatabaseProcess {
  readonly child: ChildProcess;
  readonly port: number;
}

/** Starts a database in a process of its own; it ends with the test. */
export async function startDatabase(directory: string, port = 0): Promise<DatabaseProcess> {
  const script = new URL("../../local-atlas/main.ts", import.meta.url);
  const child = fork(script, {
    env: { ...process.env, MONGODB_PORT: String(port), DATA_DIR: directory },
    execArgv: [],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [message] = (await once(child, "message")) as [{ readonly port: number }];
  return { child, port: message.port };
}
