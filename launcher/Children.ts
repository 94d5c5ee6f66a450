import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { StartError } from "./StartError.ts";

const STOP_MS = 4_000;

/** Each child leads a group of its own: Ctrl-C in a terminal reaches us alone, and we end them in order. */
const GROUPS = process.platform !== "win32";

interface Child {
  readonly name: string;
  readonly process: ChildProcess;
  readonly exited: Promise<unknown>;
}

/** The processes that `npm start` holds. None outlives it: a child whose parent is gone ends by itself. */
export class Children {
  readonly #children: Child[] = [];
  readonly #death = Promise.withResolvers<never>();
  readonly #write: (line: string) => void;
  #stopping = false;

  /** @param write gets each line that a child writes, with the child's name before it. */
  constructor(write: (line: string) => void) {
    this.#write = write;
    this.#death.promise.catch(() => undefined);
  }

  /** Rejects with a StartError as soon as a child ends that nobody stopped. */
  get death(): Promise<never> {
    return this.#death.promise;
  }

  /** Starts a script and resolves when it says that it is ready. Rejects when it ends before. */
  async start(name: string, script: URL, env: Readonly<Record<string, string>>): Promise<void> {
    const child = fork(script, {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      detached: GROUPS,
    });
    this.#relay(name, child.stdout);
    this.#relay(name, child.stderr);
    this.#children.push({ name, process: child, exited: once(child, "exit") });
    child.once("exit", (code, signal) => this.#onExit(name, child, signal ?? code));
    await Promise.race([once(child, "message"), this.death]);
  }

  /** Ends every child, the last one first; by force those that take longer than some seconds. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const child of this.#children.toReversed()) await end(child);
  }

  #onExit(name: string, child: ChildProcess, cause: string | number | null): void {
    killGroup(child);
    if (!this.#stopping) this.#death.reject(new StartError(`The ${name} ended unexpectedly (${cause}).`));
  }

  #relay(name: string, output: Readable | null): void {
    if (output) createInterface({ input: output }).on("line", (line) => this.#write(`${name} | ${line}`));
  }
}

async function end({ process: child, exited }: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await Promise.race([exited, sleep(STOP_MS, undefined, { ref: false })]);
  killGroup(child);
  await exited;
}

/** Takes along what a child has left behind, like the runtime of a Worker whose host was killed. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(GROUPS ? -child.pid : child.pid, "SIGKILL");
  } catch {
    // Nobody is left.
  }
}
