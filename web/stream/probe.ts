import { TOO_LARGE_MS } from "./bye.ts";

/** Why the server refused a stream, as far as it can be found out. `unreachable`: nobody answered at all. */
export interface Refusal {
  readonly why: "session-ended" | "access-ended" | "not-found" | "try-later" | "unreachable";
  /** Milliseconds to wait because the server said so. */
  readonly retryAfter: number;
}

/** Asks why a stream was refused. Never rejects. */
export type Probe = () => Promise<Refusal>;

const WHY: Readonly<Record<number, Refusal["why"]>> = {
  401: "session-ended",
  403: "access-ended",
  408: "try-later",
  425: "try-later",
  429: "try-later",
};

/** Streams are limited where plain reads are not, so a refused stream beside a good read is not tried again at once. */
const BUSY_MS = 5_000;

/**
 * EventSource and WebSocket hide the status of a refusal; a plain read of the same address, under the same rights, has it.
 * @param url address of the stream, which also answers as JSON.
 */
export function fetchProbe(url: string, request: typeof fetch = fetch): Probe {
  return async () => {
    try {
      const response = await request(url, { cache: "no-store", headers: { accept: "application/json" } });
      await response.body?.cancel();
      return { why: whyOf(response.status), retryAfter: retryAfterOf(response) };
    } catch {
      return { why: "unreachable", retryAfter: 0 };
    }
  };
}

/** A proxy's or a clock's mistake must not keep a page away for longer. */
const LONGEST_SECONDS = 300;

/** Asking again helps against trouble on the server's side; a request that is wrong stays wrong. */
function whyOf(status: number): Refusal["why"] {
  return WHY[status] ?? (status >= 400 && status < 500 ? "not-found" : "try-later");
}

/** `Retry-After` in seconds. */
function retryAfterOf(response: Response): number {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  if (Number.isFinite(seconds) && seconds >= 0) return Math.min(seconds, LONGEST_SECONDS) * 1000;
  if (response.status === 507) return TOO_LARGE_MS;
  return response.ok || response.status === 429 || response.status === 503 ? BUSY_MS : 0;
}
