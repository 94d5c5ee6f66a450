import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

import type { Served } from "./servers/served.ts";

const START_MS = 60_000;
const STOP_MS = 10_000;

/** A server in a process of its own, so that what it uses can be told from what the bench uses. */
export class ServerProcess {
  readonly served: Served;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, served: Served) {
    this.#child = child;
    this.served = served;
  }

  /** Starts `bench/servers/<name>.ts` and waits until it takes requests. @throws Error when it doesn't. */
  static async start(name: string, env: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
    const file = new URL(`servers/${name}.ts`, import.meta.url);
    const child = fork(file, { env: { ...process.env, ...env, WRANGLER_SEND_METRICS: "false" } });
    const served = new Promise<Served>((resolve) =>
      child.once("message", (message) => resolve(message as Served)),
    );
    const failed = once(child, "exit").then(() => Promise.reject(new Error(`The server ${name} ended`)));
    failed.catch(() => {});
    const late = timeout(START_MS, `The server ${name} did not start`);
    return new ServerProcess(child, await Promise.race([served, failed, late]));
  }

  /** The process id: what the server starts is below it. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Asks the server for something and waits for its answer. */
  async request(what: string): Promise<void> {
    const answered = once(this.#child, "message");
    this.#child.send(what);
    await answered;
  }

  /** Asks the server to end, and makes it end. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    const killer = setTimeout(() => this.#child.kill("SIGKILL"), STOP_MS);
    await exited;
    clearTimeout(killer);
  }
}

function timeout(ms: number, message: string): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(message)), ms).unref();
  });
}
