/** The fingerprint of a set that holds nothing. */
export const EMPTY_SET = "00000000000000";

/** Numbers are XORed 32 bits at a time, so the 14 digits go in two parts: these, and the last eight. */
const HIGH_DIGITS = 6;

/**
 * Puts an item into the fingerprint of a set, or takes it out again: the same item twice leaves no trace, and the order
 * of items does not matter. Both texts are fingerprints of 53 bits as 14 hex digits, as `contentHash` writes them.
 */
export function xorHash(a: string, b: string): string {
  return xorDigits(a, b, 0, HIGH_DIGITS) + xorDigits(a, b, HIGH_DIGITS, EMPTY_SET.length);
}

function xorDigits(a: string, b: string, from: number, to: number): string {
  const value = Number.parseInt(a.slice(from, to), 16) ^ Number.parseInt(b.slice(from, to), 16);
  return (value >>> 0).toString(16).padStart(to - from, "0");
}
