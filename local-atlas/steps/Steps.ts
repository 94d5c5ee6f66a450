/** Work that stops now and then, so that others get their turn, and gives a result at its end. */
export type Steps<T> = Generator<void, T, void>;

/** So many items are worked through between two stops. */
export const ITEMS_AT_ONCE = 32;

/** Does the work at once. `check` is called at every stop and may throw. */
export function runAtOnce<T>(steps: Steps<T>, check: () => void): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    check();
  }
}
