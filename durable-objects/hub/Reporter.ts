import { describeError, logLine } from "../../protocol/logLine.ts";
import type { Counts } from "../../protocol/counters.ts";
import type { Counters } from "./Counters.ts";

/** How many streams a hub holds open. */
export interface OpenStreams {
  readonly sse: number;
  readonly websocket: number;
}

/** What a hub tells its metrics object. */
export interface HubReport {
  readonly topic: string;
  readonly open: OpenStreams;
  /** What happened since the report before. */
  readonly counts: Counts;
}

interface ReporterOptions {
  readonly counters: Counters;
  readonly report: () => Omit<HubReport, "counts">;
  readonly send: (report: HubReport) => Promise<void>;
}

/** Sends a hub's figures, one report at a time: what happens during one is in the next. */
export class Reporter {
  readonly #options: ReporterOptions;
  #sending = false;
  #again = false;

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  /** Reports soon. A report that fails is made up for by the next one. */
  async report(): Promise<void> {
    this.#again = true;
    if (this.#sending) return;
    this.#sending = true;
    while (this.#again) {
      this.#again = false;
      await this.#send();
    }
    this.#sending = false;
  }

  async #send(): Promise<void> {
    const { counters, report, send } = this.#options;
    const counts = counters.take();
    try {
      await send({ ...report(), counts });
    } catch (error) {
      counters.putBack(counts);
      logLine("warn", "report-failed", describeError(error));
    }
  }
}
