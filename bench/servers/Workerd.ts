import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";

import { unstable_readConfig } from "wrangler";

import { bundleWorker } from "./bundleWorker.ts";
import { ROOT } from "./root.ts";
import { workerdConfig } from "./workerdConfig.ts";

/**
 * A Worker and its Durable Objects on the workerd that wrangler brings, without wrangler's own proxies in front: they
 * are for development, double the time of a fan-out and exist nowhere else.
 */
export class Workerd {
  readonly port: number;
  readonly #folder: string;
  readonly #child: ChildProcess;

  private constructor(port: number, folder: string, child: ChildProcess) {
    this.port = port;
    this.#folder = folder;
    this.#child = child;
  }

  /** Bundles and starts a Worker on a free port. `entry` takes the place of the configuration's own. */
  static async start(
    configFile: string,
    values: Readonly<Record<string, string>>,
    entry?: string,
  ): Promise<Workerd> {
    const folder = await mkdtemp(join(tmpdir(), "workerd-"));
    await bundleWorker(configFile, join(folder, "bundle"), entry);
    await copyFile(join(folder, "bundle/index.js"), join(folder, "index.js"));
    await mkdir(join(folder, "storage"));
    const config = unstable_readConfig({ config: join(ROOT, configFile) });
    await writeFile(join(folder, "config.capnp"), workerdConfig(config, values));
    const child = serve(folder, 0);
    return new Workerd(await portFrom(child), folder, child);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Kills the runtime as a crash would and starts it again on the same port with the same storage. */
  async restart(): Promise<Workerd> {
    await this.#kill();
    const child = serve(this.#folder, this.port);
    return new Workerd(await portFrom(child), this.#folder, child);
  }

  async stop(): Promise<void> {
    await this.#kill();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await exited;
  }
}

function serve(folder: string, port: number): ChildProcess {
  const args = ["serve", join(folder, "config.capnp"), "--experimental"];
  args.push("--socket-addr", `http=127.0.0.1:${port}`, "--directory-path", `disk=${join(folder, "storage")}`);
  args.push("--control-fd=3");
  return spawn(binary(), args, { stdio: ["ignore", "inherit", "inherit", "pipe"] });
}

/** The program itself: the script that npm links to it would be one more process to kill. */
function binary(): string {
  const workerd = dirname(createRequire(import.meta.url).resolve("workerd/package.json"));
  const names = { x64: "64", arm64: "arm64" } as Readonly<Record<string, string>>;
  const name = `@cloudflare/workerd-${process.platform}-${names[process.arch] ?? process.arch}`;
  return join(dirname(createRequire(workerd + "/").resolve(`${name}/package.json`)), "bin/workerd");
}

/** The runtime says on a descriptor of its own which port it was given. */
async function portFrom(child: ChildProcess): Promise<number> {
  const control = child.stdio[3];
  if (!(control instanceof Readable)) throw new Error("workerd has no control descriptor");
  let text = "";
  for await (const chunk of control) {
    text += String(chunk);
    const [, port] = /"event":"listen"[^}]*"port":(\d+)/.exec(text) ?? [];
    if (port !== undefined) return Number(port);
  }
  throw new Error("workerd ended before it listened");
}
