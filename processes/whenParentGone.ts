const PERIOD_MS = 1000;

/** Calls back once when the process that started this one has ended. Needs no IPC channel: it looks every second. */
export function whenParentGone(act: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, PERIOD_MS);
  timer.unref();
}
