import type { TestResult } from "./runFile.ts";

type Counts = Record<TestResult["status"], number>;

/** Prints results as they come, and their sum. */
export class Report {
  readonly #write: (line: string) => void;
  readonly #sum: Counts = { passed: 0, failed: 0, skipped: 0 };
  readonly #skips = new Map<string, number>();
  #refused = 0;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  /** Prints one line for a file, and one for each of its tests that did not pass. */
  add(name: string, results: readonly TestResult[]): void {
    const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
    for (const { status } of results) {
      counts[status]++;
      this.#sum[status]++;
    }
    this.#write(`${name}: ${describe(counts)}`);
    for (const { description, status, reason } of results) {
      if (reason === null) continue;
      this.#write(`  ${status}: ${description}: ${reason}`);
      if (status === "skipped") this.#skips.set(reason, (this.#skips.get(reason) ?? 0) + 1);
    }
  }

  /** Prints why a file was not run. */
  refuse(name: string, problem: string): void {
    this.#refused++;
    this.#write(`${name}: refused: ${problem}`);
  }

  /** Prints the sum; true when nothing failed and nothing was refused. */
  finish(): boolean {
    this.#write("");
    const reasons = [...this.#skips].toSorted(([, left], [, right]) => right - left);
    for (const [reason, count] of reasons) this.#write(`skipped ${count}: ${reason}`);
    const refused = this.#refused === 0 ? "" : `, ${this.#refused} files refused`;
    this.#write(`${describe(this.#sum)}${refused}`);
    return this.#sum.failed === 0 && this.#refused === 0;
  }
}

function describe({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
