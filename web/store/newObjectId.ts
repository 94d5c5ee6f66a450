const BYTES = 12;

/** An id for a new document, made here so that sending it again adds nothing: 24 hex digits like any ObjectId. */
export function newObjectId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
