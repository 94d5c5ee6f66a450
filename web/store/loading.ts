import { signal, type Signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Failure, Result } from "../api/request.ts";

/** Something that is read once for a page. What was read stays while it is read again. */
export interface Loading<T> {
  readonly value: Signal<T | null>;
  readonly failure: Signal<Failure | null>;
  readonly reload: () => Promise<void>;
}

/**
 * Reads something when a component appears, and again when `key` changes.
 * @param key names what is read.
 */
export function useLoading<T>(key: string, fetchIt: () => Promise<Result<T>>): Loading<T> {
  const loading = useMemo(() => createLoading(fetchIt), [key]);
  useEffect(() => void loading.reload(), [loading]);
  return loading;
}

function createLoading<T>(fetchIt: () => Promise<Result<T>>): Loading<T> {
  const value: Signal<T | null> = signal(null);
  const failure: Signal<Failure | null> = signal(null);
  let latest = 0;
  async function reload(): Promise<void> {
    latest += 1;
    const mine = latest;
    const result = await fetchIt();
    if (mine !== latest) return;
    if (result.ok) value.value = result.value;
    failure.value = result.ok ? null : result.failure;
  }
  return { value, failure, reload };
}
