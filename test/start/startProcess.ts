import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const SCRIPT = fileURLToPath(new URL("../../launcher/start.ts", import.meta.url));

/** A running `npm start`. */
export interface Start {
  readonly process: ChildProcess;
  /** All that it wrote so far. */
  readonly output: () => string;
  /** Resolves with the page's address once it is printed; rejects when the process ends before. */
  ready(): Promise<string>;
  /** Resolves with the exit code, or `null` after a signal. */
  exited(): Promise<number | null>;
}

/**
 * Runs what `npm start` runs. It is gone when the test has finished.
 * @param onFinished takes what ends it; a `beforeAll` gives its own.
 */
export function start(
  env: Readonly<Record<string, string>>,
  onFinished: (end: () => Promise<void>) => unknown = onTestFinished,
): Start {
  const child = spawn(process.execPath, [SCRIPT], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  // "exit" would come while the last lines are still on their way.
  const exited = once(child, "close").then(([code]) => code as number | null);
  onFinished(async () => {
    child.kill("SIGTERM");
    await exited;
  });
  return {
    process: child,
    output: () => output,
    exited: () => exited,
    async ready() {
      let address: string | undefined;
      while (!address) {
        const ended = await Promise.race([
          once(child.stdout, "data").then(() => false),
          exited.then(() => true),
        ]);
        address = /Mealcast is ready: (\S+)/.exec(output)?.[1];
        if (ended && !address) throw new Error(`It ended before it was ready:\n${output}`);
      }
      return address;
    },
  };
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Every process that descends from this one, by id. */
export function descendants(pid: number): readonly number[] {
  const table = processTable();
  function below(ancestor: number): readonly number[] {
    return table
      .filter(({ parent }) => parent === ancestor)
      .flatMap((child) => [child.pid, ...below(child.pid)]);
  }
  return below(pid);
}

/** Those of the processes that still run. In a container nobody may collect the dead ones: they do not count. */
export function alive(pids: readonly number[]): readonly number[] {
  const states = new Map(processTable().map(({ pid, state }) => [pid, state]));
  return pids.filter((pid) => states.has(pid) && !states.get(pid)?.startsWith("Z"));
}

function processTable(): readonly {
  readonly pid: number;
  readonly parent: number;
  readonly state: string;
}[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" });
  return table
    .trim()
    .split("\n")
    .map((line) => {
      const [pid = "", parent = "", state = ""] = line.trim().split(/\s+/);
      return { pid: Number(pid), parent: Number(parent), state };
    });
}
