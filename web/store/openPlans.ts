import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Entries } from "./Entries.ts";

/** A plan that is on the page. */
export interface OpenPlan {
  readonly entries: Entries;
  /** False when it can't be changed any more. */
  readonly isOpen: ReadonlySignal<boolean>;
}

const plans: Signal<ReadonlyMap<string, OpenPlan>> = signal(new Map());

/** The plan of this id, while it is on the page. */
export function openPlan(planId: string): OpenPlan | undefined {
  return plans.value.get(planId);
}

/** Says that a plan is on the page. @returns says that it has left it. */
export function showPlan(planId: string, plan: OpenPlan): () => void {
  plans.value = new Map([...plans.peek(), [planId, plan]]);
  return () => {
    plans.value = new Map([...plans.peek()].filter(([, other]) => other !== plan));
  };
}
