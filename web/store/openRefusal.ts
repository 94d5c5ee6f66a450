import { signal, type Signal } from "@preact/signals";

/** A refused edit that the user is looking at: to compare it with what another has done, or to change it. */
export interface OpenRefusal {
  readonly key: string;
  readonly how: "compare" | "change";
}

export const openRefusal: Signal<OpenRefusal | null> = signal(null);
