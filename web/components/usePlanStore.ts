import { useEffect, useMemo } from "preact/hooks";
import { PlanStore, type PlanStoreOptions } from "../store/PlanStore.ts";

/** A plan's store for as long as a component is there. Its options are those of the first render. */
export function usePlanStore(options: PlanStoreOptions): PlanStore {
  const store = useMemo(() => new PlanStore(options), []);
  useEffect(() => store.watch(), [store]);
  return store;
}
