import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/**
 * Code that a component can do without for a moment.
 * @returns `null` until it is there; for good where it does not come (no connection, or a newer page was deployed).
 */
export function useLater<Module>(load: () => Promise<Module>): Module | null {
  const loaded = useSignal<Module | null>(null);
  useEffect(() => {
    load().then(
      (module) => (loaded.value = module),
      () => null,
    );
  }, []);
  return loaded.value;
}
