import { describeError, logLine } from "../../protocol/logLine.ts";
import type { ProblemCode } from "../../protocol/problem.ts";

/** How long a hub goes by what it holds after the database did not answer, before a newcomer waits for it again. */
const REST_AFTER_FAILURE_MS = 10_000;

interface ReconcilerOptions {
  readonly topic: string;
  /** Reads the topic and takes in what it reads. Answers why it could not, or `null`. */
  readonly read: () => Promise<ProblemCode | null>;
  readonly now: () => number;
}

/** Reads the topic from the database and heals what the feed lost. Runs at most once at a time. */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  #running: Promise<ProblemCode | null> | null = null;
  #next: Promise<ProblemCode | null> | null = null;
  #failedAt = -Infinity;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
  }

  /** Reconciles; answers why it failed, or `null`. Whoever asks meanwhile shares the run. */
  run(): Promise<ProblemCode | null> {
    this.#running ??= this.#read().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** Reconciles with a run that begins after this call: a shared one may have read before what the caller did. */
  runAnew(): Promise<ProblemCode | null> {
    if (!this.#running) return this.run();
    this.#next ??= this.#running.then(() => {
      this.#next = null;
      return this.run();
    });
    return this.#next;
  }

  /** Whether it is reading just now. */
  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** Whether the database failed so recently that waiting for it again would only hold people up. */
  get isResting(): boolean {
    return this.#options.now() - this.#failedAt < REST_AFTER_FAILURE_MS;
  }

  async #read(): Promise<ProblemCode | null> {
    const { read, now, topic } = this.#options;
    const failure = await this.#attempt(read);
    this.#failedAt = failure ? now() : -Infinity;
    if (failure) logLine("warn", "reconcile-failed", { topic, code: failure });
    return failure;
  }

  async #attempt(read: ReconcilerOptions["read"]): Promise<ProblemCode | null> {
    try {
      return await read();
    } catch (error) {
      logLine("error", "reconcile-broke", { topic: this.#options.topic, ...describeError(error) });
      return "database-unavailable";
    }
  }
}
