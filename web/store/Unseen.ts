import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { PlanChange } from "./planChanges.ts";

/** What others did while the user was away, and which of it the user is looking at. */
export class Unseen {
  readonly #changes: Signal<readonly PlanChange[]> = signal([]);
  readonly #current: Signal<PlanChange | null> = signal(null);

  /** The last change of each dish. */
  get changes(): ReadonlySignal<readonly PlanChange[]> {
    return this.#changes;
  }

  /** `null` before the first. */
  get current(): ReadonlySignal<PlanChange | null> {
    return this.#current;
  }

  add(changes: readonly PlanChange[]): void {
    if (changes.length === 0) return;
    const latest = new Map(this.#changes.peek().map((change) => [change.entry._id, change]));
    for (const change of changes) latest.set(change.entry._id, change);
    this.#changes.value = [...latest.values()];
  }

  /** The next one that there is still something to see of; `null` after the last. */
  next(canBeSeen: (change: PlanChange) => boolean): PlanChange | null {
    const after = this.#changes.peek().findIndex((one) => one === this.#current.peek()) + 1;
    const next = this.#changes.peek().slice(after).find(canBeSeen) ?? null;
    this.#current.value = next;
    return next;
  }

  /** The user has been told of all of them. */
  clear(): void {
    this.#changes.value = [];
    this.#current.value = null;
  }
}
