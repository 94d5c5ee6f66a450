/** Somebody who asks to read: anybody at all, a user, or a guest who holds a share link. */
export type Reader =
  | { readonly kind: "anonymous" }
  | { readonly kind: "user"; readonly userId: string; readonly roles: readonly string[] }
  | { readonly kind: "guest"; readonly tokenHash: string };

/** What tells a reader from others when streams are counted; `null` for those who can't be told apart. */
export function readerKey(reader: Reader): string | null {
  if (reader.kind === "anonymous") return null;
  return reader.kind === "user" ? reader.userId : reader.tokenHash;
}
