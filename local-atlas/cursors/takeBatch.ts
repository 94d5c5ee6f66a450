/** Leaves room for the rest of the message, as the real server does. */
export const MAX_BATCH_BYTES = 16 * 1024 * 1024;

/** The documents from `start` on that go into one answer: at most `size`, at least one, at most 16 MB together. */
export function takeBatch(
  documents: readonly Uint8Array[],
  start: number,
  size: number | null,
): readonly Uint8Array[] {
  const limit = size === null ? documents.length : Math.min(documents.length, start + size);
  let bytes = 0;
  let end = start;
  while (end < limit) {
    bytes += documents[end]?.length ?? 0;
    if (bytes > MAX_BATCH_BYTES && end > start) break;
    end++;
  }
  return documents.slice(start, end);
}
