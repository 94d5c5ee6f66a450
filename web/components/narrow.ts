import { signal } from "@preact/signals";

const QUERY = matchMedia("(width < 60rem)");

/** True where days stand below each other, as on a phone. */
export const isNarrow = signal(QUERY.matches);

QUERY.addEventListener("change", ({ matches }) => (isNarrow.value = matches));
