import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

import type { Arrived, ClientAnswer, ClientRequest, Opened, Sampled } from "./client/messages.ts";
import type { StreamRequest } from "./client/StreamSocket.ts";

/** Clients in a process of their own: the same for every contender. */
export class ClientProcess {
  readonly #child: ChildProcess = fork(new URL("client/main.ts", import.meta.url));

  /** Opens streams, so many at a time. */
  open(request: StreamRequest, count: number, atOnce = 32): Promise<Opened> {
    return this.#ask<Opened>({ ask: "open", request, count, atOnce });
  }

  /** Waits for a change; call it before the change is published. */
  arrival(seq: number, timeoutMs: number): Promise<Arrived> {
    return this.#ask<Arrived>({ ask: "await", seq, timeoutMs });
  }

  /** Begins to note how old what the clients show is. */
  async sample(): Promise<void> {
    await this.#ask({ ask: "sample" });
  }

  /** Ends it. */
  sampled(): Promise<Sampled> {
    return this.#ask<Sampled>({ ask: "sampled" });
  }

  /** Closes all streams; the process stays for the next ones. */
  async close(): Promise<void> {
    await this.#ask({ ask: "close" });
  }

  /** Ends the process. */
  async stop(): Promise<void> {
    const exited = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await exited;
  }

  async #ask<T extends ClientAnswer>(request: ClientRequest): Promise<T> {
    const answered = once(this.#child, "message");
    this.#child.send(request);
    const [answer] = (await answered) as [T];
    return answer;
  }
}
