import { useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { MyHouseholds } from "../store/MyHouseholds.ts";
import { announceLoss } from "../store/pageNotice.ts";

/** Says it when one of the households that a page is about is not the user's any more. */
export function useLossNotice({ lost }: MyHouseholds): void {
  const announced = useRef(new Set<string>());
  useSignalEffect(() => {
    for (const one of lost.value) {
      if (!announced.current.has(one.household._id)) announceLoss(one);
      announced.current.add(one.household._id);
    }
  });
}
