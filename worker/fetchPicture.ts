import { fetchOutside } from "./fetchOutside.ts";

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

/**
 * Fetches a picture, telling its host nothing of who looks at it. @throws ProblemError `picture-unavailable` for what
 * may not be fetched, is no picture, or is too large or too slow.
 */
export function fetchPicture(address: string): Promise<Picture> {
  return fetchOutside(address, {
    headers: { accept: "image/*" },
    takes: (type) => TYPES.has(type),
    mostBytes: MOST_BYTES,
    code: "picture-unavailable",
    absent: "There is no picture there",
  });
}
