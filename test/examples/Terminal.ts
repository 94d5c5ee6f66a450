import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A command that was typed into a terminal. */
export class Terminal {
  /** All that it wrote so far. */
  output = "";
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;

  /** Types a command. What still runs when the test has finished is ended. */
  constructor(command: string, folder: string = ROOT) {
    // A group of its own: the shell is not all that has to end.
    this.#child = spawn("sh", ["-c", command], {
      cwd: folder,
      env: { ...process.env, MONGOSH_FORCE_DISABLE_TELEMETRY_FOR_TESTING: "1" },
      // curl draws its progress to the other output, in between the lines.
      stdio: ["ignore", "pipe", "ignore"],
      detached: true,
    });
    this.#closed = once(this.#child, "close");
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => (this.output += text));
    onTestFinished(() => this.stop());
  }

  /** Resolves with all that it wrote when it has ended by itself. */
  async ended(): Promise<string> {
    await this.#closed;
    return this.output;
  }

  /** Presses Ctrl-C. */
  async stop(): Promise<void> {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, "SIGINT");
    await this.#closed;
  }
}
