import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

import type { StormLog, StormRequest } from "./client/stormMain.ts";
import type { StreamRequest } from "./client/StreamSocket.ts";

/** Clients that come back by themselves, in a process of their own. */
export class StormProcess {
  readonly #child: ChildProcess = fork(new URL("client/stormMain.ts", import.meta.url));

  /** Opens so many streams and waits until all are live. */
  async begin(request: StreamRequest, count: number): Promise<void> {
    await this.#ask({ ask: "begin", request, count });
  }

  /** What happened since all were live. */
  report(): Promise<StormLog> {
    return this.#ask({ ask: "report" });
  }

  /** Ends the process. */
  async stop(): Promise<void> {
    const exited = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await exited;
  }

  async #ask<T>(request: StormRequest): Promise<T> {
    const answered = once(this.#child, "message");
    this.#child.send(request);
    const [answer] = (await answered) as [T];
    return answer;
  }
}
