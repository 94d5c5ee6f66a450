import { signal, type Signal } from "@preact/signals";
import type { LostHousehold } from "./MyHouseholds.ts";

/** Something that happened to the user and that outlives the page on which it happened. */
export const pageNotice: Signal<string | null> = signal(null);

/** Says that a household is not the user's any more. */
export function announceLoss({ household, why }: LostHousehold): void {
  pageNotice.value =
    why === "left" ? `You are no longer a member of ${household.name}.` : `${household.name} was deleted.`;
}
