import { useEffect } from "preact/hooks";
import { householdsOf } from "../store/liveData.ts";
import type { MyHouseholds } from "../store/MyHouseholds.ts";
import { userId } from "../store/session.ts";
import { useKept } from "./useKept.ts";

/** The user's households, read again when the component appears: a new one may have come. */
export function useMyHouseholds(): MyHouseholds {
  const households = useKept(householdsOf, userId.value);
  useEffect(() => void households.reload(), [households]);
  return households;
}
