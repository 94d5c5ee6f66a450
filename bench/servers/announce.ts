import type { Served } from "./served.ts";

/** Tells the bench, whose child this process is, that the server takes requests; and ends with the bench. */
export function announce(served: Served, stop: () => Promise<void>): void {
  process.send?.(served);
  let stopping = false;
  const end = (): void => {
    if (stopping) return;
    stopping = true;
    void stop().finally(() => process.exit(0));
  };
  process.on("disconnect", end);
  process.on("SIGTERM", end);
  // Ctrl+C reaches the whole group; the bench decides when its children end.
  process.on("SIGINT", () => {});
}
