import type { Oplog } from "../oplog/Oplog.ts";

/** Resolves to true at the next change, to false after some milliseconds or when aborted. */
export function waitForChange(oplog: Oplog, milliseconds: number, aborted: AbortSignal): Promise<boolean> {
  if (aborted.aborted || milliseconds <= 0) return Promise.resolve(false);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const giveUp = () => resolve(false);
  const timer = setTimeout(giveUp, milliseconds);
  const forget = oplog.onNextChange(() => resolve(true));
  aborted.addEventListener("abort", giveUp, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    forget();
    aborted.removeEventListener("abort", giveUp);
  });
}
