import { useEffect, useRef } from "preact/hooks";
import type { People } from "../store/People.ts";
import type { PlanStore } from "../store/PlanStore.ts";
import { useLater } from "./useLater.ts";

const load = () => import("../store/watchOtherMoves.ts");

/** Says who has moved a dish that the user had put somewhere else. */
export function useOtherMoves(store: PlanStore, people: People): void {
  const latest = useRef(people);
  latest.current = people;
  const later = useLater(load);
  // Not `useSignalEffect`: that waits for the next frame, and may see only the last of several states.
  useEffect(() => later?.watchOtherMoves(store, (userId) => latest.current.nameOf(userId)), [later, store]);
}
