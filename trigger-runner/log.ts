/** One line of a structured log. Never holds a document, a secret or a function's arguments. */
export interface LogEntry {
  readonly level: "info" | "warn" | "error";
  readonly message: string;
  readonly [field: string]: unknown;
}

/** Where the runner's lines go. */
export type Log = (entry: LogEntry) => void;
