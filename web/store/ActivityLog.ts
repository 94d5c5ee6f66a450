import { computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { ActivityLine } from "../../protocol/activity.ts";
import { fetchActivity } from "../api/activity.ts";
import type { Failure } from "../api/request.ts";
import type { PlanStore } from "./PlanStore.ts";
import { toldLines, type ToldLine } from "./ToldLine.ts";

/** What people did to a plan, read again whenever it changes. */
export class ActivityLog {
  readonly failure: Signal<Failure | null> = signal(null);
  /** The newest first; `null` until they are known. */
  readonly lines: ReadonlySignal<readonly ToldLine[] | null> = computed(() => {
    const entries = this.#store.arrival.value?.after.entries ?? [];
    return this.#fetched.value && toldLines(this.#fetched.value, entries);
  });
  readonly #store: Pick<PlanStore, "arrival" | "planId">;
  readonly #fetched: Signal<readonly ActivityLine[] | null> = signal(null);
  #isReading = false;
  #isOld = false;

  constructor(store: Pick<PlanStore, "arrival" | "planId">) {
    this.#store = store;
  }

  /** Begins to read. @returns ends it. */
  watch(): () => void {
    return effect(() => {
      void this.#store.arrival.value;
      void this.reload();
    });
  }

  /** Reads it; once more when it has changed meanwhile. */
  async reload(): Promise<void> {
    this.#isOld = true;
    if (this.#isReading) return;
    this.#isReading = true;
    while (this.#isOld) {
      this.#isOld = false;
      const result = await fetchActivity(this.#store.planId);
      if (result.ok) this.#fetched.value = result.value;
      this.failure.value = result.ok ? null : result.failure;
    }
    this.#isReading = false;
  }
}
