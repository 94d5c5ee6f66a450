/** Waits until the browser has nothing better to do. Not every browser says when that is. */
export function whenIdle(): Promise<unknown> {
  return new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve));
}
