import { sha256Hex } from "./sha256.ts";

/** The strong tag of an answer's text. */
export async function etagOf(text: string): Promise<string> {
  return `"${(await sha256Hex(text)).slice(0, 32)}"`;
}

/** Whether a request's `If-None-Match` says that its sender has what the tag names. */
export function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const known = new Set(header.split(",").map((tag) => tag.trim().replace(/^W\//, "")));
  return known.has(etag) || known.has("*");
}
