/** Writes one structured line. Never pass secrets, tokens, cookies or documents. */
export function logLine(
  level: "info" | "warn" | "error",
  event: string,
  details: Readonly<Record<string, unknown>> = {},
): void {
  console[level](JSON.stringify({ level, event, ...details }));
}

/** What of an unknown error is safe and useful to log. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(error) };
  return { error: error.name, message: error.message, stack: error.stack };
}
