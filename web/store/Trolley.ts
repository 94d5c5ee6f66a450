import { computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { LineView } from "./lineViews.ts";

/**
 * Which ticked lines were put away. A line that is ticked while one looks stays where it is, so that the next one is not
 * pulled from under the thumb; what was ticked before is in the trolley already.
 */
export class Trolley {
  /** What is still on the list, ticked or not. */
  readonly onList: ReadonlySignal<readonly LineView[]>;
  /** What was put away. */
  readonly content: ReadonlySignal<readonly LineView[]>;
  readonly #lines: ReadonlySignal<readonly LineView[] | null>;
  readonly #away: Signal<ReadonlySet<string> | null> = signal(null);

  constructor(lines: ReadonlySignal<readonly LineView[] | null>) {
    this.#lines = lines;
    this.onList = computed(() => (lines.value ?? []).filter((view) => !this.#isAway(view)));
    this.content = computed(() => (lines.value ?? []).filter((view) => this.#isAway(view)));
  }

  /** Begins to follow the list. @returns ends it. */
  watch(): () => void {
    return effect(() => {
      const lines = this.#lines.value;
      const away = this.#away.peek();
      if (!lines) return;
      if (!away) return this.putAway();
      const still = ticked(lines).filter((id) => away.has(id));
      if (still.length < away.size) this.#away.value = new Set(still);
    });
  }

  /** Puts all ticked lines away. */
  putAway(): void {
    this.#away.value = new Set(ticked(this.#lines.peek() ?? []));
  }

  #isAway({ line }: LineView): boolean {
    const away = this.#away.value;
    return line.done && (away === null || away.has(line._id));
  }
}

function ticked(lines: readonly LineView[]): readonly string[] {
  return lines.filter(({ line }) => line.done).map(({ line }) => line._id);
}
