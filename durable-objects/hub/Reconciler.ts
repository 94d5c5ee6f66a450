import type { Answer } from "../../protocol/answer.ts";
import { describeError, log } from "../../protocol/log.ts";
import type { Update } from "../../protocol/update.ts";

/** How long a hub goes by what it holds after the database did not answer, before a newcomer waits for it again. */
const REST_AFTER_FAILURE_MS = 10_000;

interface ReconcilerOptions {
  readonly read: () => Promise<Answer<Update>>;
  /** Takes in what the database holds. `startedAfter` is what `mark` answered before the database was asked. */
  readonly take: (update: Update, startedAfter: string | null) => void;
  /** The version held now, or `null`. */
  readonly mark: () => string | null;
  readonly now: () => number;
}

/** Reads the item from the database and heals what the feed lost. Runs at most once at a time. */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  #running: Promise<boolean> | null = null;
  #failedAt = -Infinity;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
  }

  /** Reconciles; answers whether the database was heard. Whoever asks meanwhile shares the run. */
  run(): Promise<boolean> {
    this.#running ??= this.#read().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** Whether the database failed so recently that waiting for it again would only hold people up. */
  get isResting(): boolean {
    return this.#options.now() - this.#failedAt < REST_AFTER_FAILURE_MS;
  }

  async #read(): Promise<boolean> {
    const { read, take, mark, now } = this.#options;
    const startedAfter = mark();
    try {
      const answer = await read();
      if (answer.ok) {
        take(answer.value, startedAfter);
        this.#failedAt = -Infinity;
        return true;
      }
      log("warn", "reconcile-refused", { code: answer.code });
    } catch (error) {
      log("warn", "reconcile-failed", describeError(error));
    }
    this.#failedAt = now();
    return false;
  }
}
