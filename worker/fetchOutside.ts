import type { ProblemCode } from "../protocol/problem.ts";
import { ProblemError } from "./errors.ts";
import { publicAddress } from "./publicAddress.ts";

/** What is wanted of another host, and how much of it at most. */
export interface Wanted {
  /** Headers of the request. It carries no others: the host learns nothing of who asks. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether a media type, in lower case and without parameters, is what is wanted. */
  readonly takes: (type: string) => boolean;
  readonly mostBytes: number;
  /** The code of every refusal. */
  readonly code: ProblemCode;
  /** What a refusal says when there is something else. */
  readonly absent: string;
}

/** What another host has answered. */
export interface Fetched {
  /** Where it was at last. */
  readonly url: URL;
  /** In lower case and without parameters. */
  readonly type: string;
  /** As the host has named it, else `null`. */
  readonly charset: string | null;
  readonly bytes: ArrayBuffer;
}

const LONGEST_MS = 8_000;
const MOST_REDIRECTS = 3;

/**
 * Fetches from another host, within limits of size, time and redirects, and from the internet only. @throws ProblemError
 * of the code that is wanted for what may not be fetched, is something else, or is too large or too slow.
 */
export async function fetchOutside(address: string, wanted: Wanted): Promise<Fetched> {
  try {
    const { url, response } = await follow(address, wanted, AbortSignal.timeout(LONGEST_MS));
    return { url, ...(await read(response, wanted)) };
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw refusal(wanted, "Its host does not answer");
  }
}

interface Followed {
  readonly url: URL;
  readonly response: Response;
}

/** Each place on the way is judged like the first. */
async function follow(address: string, wanted: Wanted, signal: AbortSignal): Promise<Followed> {
  let url = publicAddress(address);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    if (!url) throw refusal(wanted, "Nothing is fetched from there");
    const response = await fetch(url, { redirect: "manual", headers: wanted.headers, signal });
    const location = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || location === null) return { url, response };
    await response.body?.cancel();
    url = publicAddress(location, url);
  }
  throw refusal(wanted, "It is moved too often");
}

async function read(response: Response, wanted: Wanted): Promise<Omit<Fetched, "url">> {
  const header = response.headers.get("content-type") ?? "";
  const type = header.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!response.ok || response.body === null || !wanted.takes(type)) {
    await response.body?.cancel();
    throw refusal(wanted, wanted.absent);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    // Whoever leaves the loop closes the connection.
    size += chunk.byteLength;
    if (size > wanted.mostBytes) throw refusal(wanted, `It has more than ${wanted.mostBytes} bytes`);
    chunks.push(chunk);
  }
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(header)?.[1] ?? null;
  return { type, charset, bytes: await new Blob(chunks).arrayBuffer() };
}

function refusal({ code }: Wanted, detail: string): ProblemError {
  return new ProblemError(code, { detail });
}
