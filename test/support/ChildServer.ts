import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A server in a process of its own, which a test may kill and start again on the same port and data. */
export class ChildServer {
  readonly port: number;
  /** What it has written so far, in all of its lives. */
  output = "";
  readonly #script: URL;
  readonly #env: Readonly<Record<string, string>>;
  #child: ChildProcess | null = null;

  /** @param script A module that sends its parent a message when it is ready. */
  constructor(script: URL, port: number, env: Readonly<Record<string, string>>) {
    this.#script = script;
    this.port = port;
    this.#env = env;
  }

  /** Starts it and resolves when it is ready. @throws Error when it ends before. */
  async start(): Promise<void> {
    const child = fork(this.#script, {
      env: { ...process.env, ...this.#env },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      // A group of its own, so that its children can be killed with it.
      detached: true,
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => (this.output += text));
    }
    const ended = once(child, "exit").then(() => {
      throw new Error(`${this.#script.pathname} ended before it was ready: ${this.output}`);
    });
    ended.catch(() => undefined);
    await Promise.race([once(child, "message"), ended]);
  }

  /** Stops it and what it has started where they are: its sockets stay open, and nothing comes. */
  freeze(): void {
    this.#signal("SIGSTOP");
  }

  /** Lets it go on. */
  thaw(): void {
    this.#signal("SIGCONT");
  }

  /** Kills it and what it has started, as a power cut would, and resolves when nothing answers at its port. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    process.kill(-child.pid, "SIGKILL");
    await gone;
    while (await this.#answers()) await sleep(10);
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#child?.pid === undefined) throw new Error("It does not run");
    process.kill(-this.#child.pid, signal);
  }

  #answers(): Promise<boolean> {
    const socket = connect(this.port, "127.0.0.1");
    return once(socket, "connect")
      .then(
        () => true,
        () => false,
      )
      .finally(() => socket.destroy());
  }
}
