const TOKEN_BYTES = 32;

/** A new secret for a link: 43 letters that nobody can guess. */
export function newToken(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES))).toString("base64url");
}
