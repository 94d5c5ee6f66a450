import { decodePage } from "./decodePage.ts";
import { fetchOutside } from "./fetchOutside.ts";

/** A web page of another host. */
export interface Page {
  /** Where it was at last. */
  readonly url: URL;
  readonly html: string;
}

const TYPES: ReadonlySet<string> = new Set(["text/html", "application/xhtml+xml"]);

const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Fetches a web page, telling its host nothing of who asks. @throws ProblemError `page-unreachable` for what may not be
 * fetched, is no web page, or is too large or too slow.
 */
export async function fetchPage(address: string): Promise<Page> {
  const { url, charset, bytes } = await fetchOutside(address, {
    // Many hosts answer nothing to a program that gives no name.
    headers: { accept: "text/html,application/xhtml+xml", "user-agent": "Mealcast (recipe import)" },
    takes: (type) => TYPES.has(type),
    mostBytes: MOST_BYTES,
    code: "page-unreachable",
    absent: "There is no page there",
  });
  return { url, html: decodePage(bytes, charset) };
}
