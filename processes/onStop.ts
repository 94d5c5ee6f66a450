const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"] as const;

/**
 * Runs `stop` once, then exits, when this process is asked to end: by a signal, or because the parent that started it
 * with an IPC channel is gone, however it went.
 */
export function onStop(stop: () => Promise<void>): void {
  let stopping = false;
  function begin(): void {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  }
  for (const signal of SIGNALS) process.on(signal, begin);
  // Without a channel it is undefined.
  if (process.connected === false) begin();
}
