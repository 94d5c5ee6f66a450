import { useEffect, useMemo } from "preact/hooks";
import type { Cookbook } from "../store/Cookbook.ts";
import type { Kept } from "../store/Kept.ts";
import { cookbooksOf, householdsOf } from "../store/liveData.ts";
import type { MyHouseholds } from "../store/MyHouseholds.ts";
import { userId } from "../store/session.ts";

/** Uses a live thing for as long as a component is there. */
export function useKept<Value extends { watch(): () => void }>(kept: Kept<Value>, key: string): Value {
  const value = useMemo(() => kept.get(key), [kept, key]);
  useEffect(() => kept.use(key), [kept, key]);
  return value;
}

/** The user's households, read again when the component appears: a new one may have come. */
export function useMyHouseholds(): MyHouseholds {
  const households = useKept(householdsOf, userId.value);
  useEffect(() => void households.reload(), [households]);
  return households;
}

/** The recipes of the user's households. */
export function useCookbook(): Cookbook {
  const cookbook = useKept(cookbooksOf, userId.value);
  useEffect(() => void cookbook.households.reload(), [cookbook]);
  return cookbook;
}
