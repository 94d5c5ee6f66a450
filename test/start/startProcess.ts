import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { basename } from "node:path";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const LAUNCHER = new URL("../../launcher/", import.meta.url);

/** A running `npm start` or `npm run example`. */
export interface Start {
  readonly process: ChildProcess;
  /** All that it wrote so far. */
  readonly output: () => string;
  /** Resolves with the page's address once it is printed; rejects when the process ends before. */
  ready(): Promise<string>;
  /** Resolves with the exit code, or `null` after a signal. */
  exited(): Promise<number | null>;
}

type Environment = Readonly<Record<string, string>>;
type OnFinished = (end: () => Promise<void>) => unknown;

/**
 * Runs what `npm start` runs. It is gone when the test has finished.
 * @param onFinished takes what ends it; a `beforeAll` gives its own.
 */
export function start(env: Environment, onFinished: OnFinished = onTestFinished): Start {
  return run(process.execPath, [pathOf("start.ts")], env, onFinished);
}

/** Runs what `npm run example` runs, likewise. */
export function startExample(name: string, env: Environment, onFinished: OnFinished = onTestFinished): Start {
  return run(process.execPath, [pathOf("startExample.ts"), name], env, onFinished);
}

/** Runs what `npm start` runs in a shell where a process may open only so many files and sockets. */
export function startWithin(descriptors: number, env: Environment): Start {
  const line = `ulimit -n ${descriptors} && exec "$0" "$1"`;
  return run("sh", ["-c", line, process.execPath, pathOf("start.ts")], env, onTestFinished);
}

function pathOf(script: string): string {
  return fileURLToPath(new URL(script, LAUNCHER));
}

function run(program: string, words: readonly string[], env: Environment, onFinished: OnFinished): Start {
  const child = spawn(program, words, {
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
        address = /is ready: (\S+)/.exec(output)?.[1];
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

/** Those of the processes that run a program. */
export function named(program: string, pids: readonly number[]): readonly number[] {
  const programs = new Map(processTable().map(({ pid, name }) => [pid, name]));
  return pids.filter((pid) => programs.get(pid) === program);
}

interface ProcessLine {
  readonly pid: number;
  readonly parent: number;
  readonly state: string;
  readonly name: string;
}

function processTable(): readonly ProcessLine[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat=,comm="], { encoding: "utf8" });
  return table
    .trim()
    .split("\n")
    .map((line) => {
      const [pid = "", parent = "", state = "", name = ""] = line.trim().split(/\s+/);
      return { pid: Number(pid), parent: Number(parent), state, name: basename(name) };
    });
}
