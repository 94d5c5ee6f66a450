import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import type { Patience } from "./areas.ts";
import type { TestAnswer, TestRequest } from "./testMessages.ts";

/** A process that runs tests of a copy of the tree. It is ended with all that it started, and another begun, when it hangs. */
export class TestProcess {
  readonly #folder: string;
  readonly #patience: Patience;
  #child: ChildProcess | null = null;

  constructor(folder: string, patience: Patience) {
    this.#folder = folder;
    this.#patience = patience;
  }

  /** Runs test files. Answers the first test that failed, or `null`. Longer than `limitMs` counts as a failure. */
  async failureIn(request: TestRequest, limitMs: number): Promise<string | null> {
    this.#child ??= this.#begin();
    const child = this.#child;
    const overdue = AbortSignal.timeout(limitMs);
    child.send(request);
    try {
      const [answer]: TestAnswer[] = await once(child, "message", { signal: overdue });
      return answer?.failure ?? null;
    } catch (error) {
      if (!overdue.aborted) throw error;
      this.stop();
      return "(took too long)";
    }
  }

  stop(): void {
    const { pid } = this.#child ?? {};
    this.#child = null;
    // It leads a group of its own: servers that its tests have started are in it.
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  }

  #begin(): ChildProcess {
    return fork(join(this.#folder, "mutation/runTests.ts"), [JSON.stringify(this.#patience)], {
      cwd: this.#folder,
      detached: true,
      stdio: "ignore",
      // Wrangler is a long program to read anew for each file of tests.
      env: { ...process.env, NODE_COMPILE_CACHE: join(this.#folder, ".compile-cache") },
    });
  }
}
