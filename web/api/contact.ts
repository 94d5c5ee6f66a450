import { signal, type Signal } from "@preact/signals";

/** Counts the signs that the server can be reached: whoever said that it can't takes that back. */
export const contact: Signal<number> = signal(0);

/** The server was heard of. */
export function noteContact(): void {
  contact.value += 1;
}
