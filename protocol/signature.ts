/** Header with the moment of signing: Unix time in whole seconds. */
export const TIMESTAMP_HEADER = "mealcast-timestamp";

/** Header with HMAC-SHA256 over `signedText`, in hex. */
export const SIGNATURE_HEADER = "mealcast-signature";

/** How far the signer's clock may be from ours, either way. */
export const MAX_CLOCK_SKEW_SECONDS = 300;

/** The text that the publisher signs: the raw body, bound to the moment of signing. */
export function signedText(timestamp: string, body: string): string {
  return `${timestamp}.${body}`;
}
