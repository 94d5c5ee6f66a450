/** Writes one line of JSON about something that should not have happened. Never holds documents. */
export function logProblem(
  level: "warn" | "error",
  message: string,
  fields: Readonly<Record<string, string | number>>,
): void {
  process.stderr.write(`${JSON.stringify({ level, at: "local-atlas", message, ...fields })}\n`);
}
