import { signal } from "@preact/signals";

/** How many modal dialogs cover the page: what must be seen then belongs into them. */
export const openDialogs = signal(0);
