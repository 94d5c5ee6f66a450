import { ProblemError } from "./errors.ts";
import { pictureAddress } from "./pictureAddress.ts";

/** A picture of another host. */
export interface Picture {
  readonly type: string;
  readonly bytes: ArrayBuffer;
}

/** Formats that hold no script. */
const TYPES: ReadonlySet<string> = new Set([
  "image/avif",
  "image/gif",
  "image/jpeg",
  "image/png",
  "image/webp",
]);

const MOST_BYTES = 5 * 1024 * 1024;
const LONGEST_MS = 8_000;
const MOST_REDIRECTS = 3;

/**
 * Fetches a picture, telling its host nothing of who looks at it. @throws ProblemError `picture-unavailable` for what
 * may not be fetched, is no picture, or is too large or too slow.
 */
export async function fetchPicture(address: string): Promise<Picture> {
  try {
    return await read(await follow(address, AbortSignal.timeout(LONGEST_MS)));
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw unavailable("Its host does not answer");
  }
}

/** Each place on the way is judged like the first. */
async function follow(address: string, signal: AbortSignal): Promise<Response> {
  let url = pictureAddress(address);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    if (!url) throw unavailable("Nothing is fetched from there");
    const response = await fetch(url, { redirect: "manual", headers: { accept: "image/*" }, signal });
    const location = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || location === null) return response;
    await response.body?.cancel();
    url = pictureAddress(location, url);
  }
  throw unavailable("It is moved too often");
}

async function read(response: Response): Promise<Picture> {
  const type = (response.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const isPicture = response.ok && TYPES.has(type) && response.body !== null;
  if (!isPicture) {
    await response.body?.cancel();
    throw unavailable("There is no picture there");
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    // Whoever leaves the loop closes the connection.
    size += chunk.byteLength;
    if (size > MOST_BYTES) throw unavailable(`It has more than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return { type, bytes: await new Blob(chunks).arrayBuffer() };
}

function unavailable(detail: string): ProblemError {
  return new ProblemError("picture-unavailable", { detail });
}
