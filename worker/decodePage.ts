/** Where a page may name its charset, in bytes. */
const HEAD = 1024;

/** A page that calls itself one thing and is another is nearly always this. */
const OTHERWISE = "windows-1252";

/** The text of a page: by the charset that its host or the page itself names, and otherwise as UTF-8. Never fails. */
export function decodePage(bytes: ArrayBuffer, charset: string | null): string {
  return (
    decoded(bytes, charset ?? namedIn(bytes) ?? "utf-8") ??
    decoded(bytes, "utf-8") ??
    new TextDecoder(OTHERWISE).decode(bytes)
  );
}

function namedIn(bytes: ArrayBuffer): string | null {
  const head = new TextDecoder(OTHERWISE).decode(bytes.slice(0, HEAD));
  return /<meta[^>]{0,200}charset\s*=\s*["']?([\w:.-]+)/i.exec(head)?.[1] ?? null;
}

/** `null` for a charset that nobody knows, and for bytes that are not of it. */
function decoded(bytes: ArrayBuffer, charset: string): string | null {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return null;
    throw error;
  }
}
