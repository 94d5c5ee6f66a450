import { useEffect, useMemo } from "preact/hooks";
import type { Kept } from "../store/Kept.ts";

/** Uses a live thing for as long as a component is there. */
export function useKept<Value extends { watch(): () => void }>(kept: Kept<Value>, key: string): Value {
  const value = useMemo(() => kept.get(key), [kept, key]);
  useEffect(() => kept.use(key), [kept, key]);
  return value;
}
