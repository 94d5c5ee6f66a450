export interface StreamPlace {
  /** The last event id that was received, or `null` for the whole. */
  readonly cursor: string | null;
  /** The page held something else than the server said it should; the server counts that. */
  readonly mismatch: boolean;
}

/**
 * The address to open. A new EventSource can't send `Last-Event-ID`, so the cursor travels in the query.
 * @param url path (with or without a query) or absolute address of the stream.
 * @param base the page's address.
 */
export function streamUrl(url: string, base: string, place: StreamPlace): URL {
  const address = new URL(url, base);
  if (place.cursor !== null) address.searchParams.set("lastEventId", place.cursor);
  if (place.mismatch) address.searchParams.set("mismatch", "1");
  return address;
}
