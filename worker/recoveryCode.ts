import { sha256Hex } from "./sha256.ts";

/** Without letters that look like others: people copy codes from paper. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

const LETTERS = 16;
const GROUP = /.{4}(?=.)/g;

/** A new code in place of a password: 80 random bits, so that its hash needs neither salt nor time. Like `7k2m-…`. */
export function newRecoveryCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(LETTERS));
  return Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length])
    .join("")
    .replaceAll(GROUP, "$&-");
}

/** What is stored of a code, however somebody has typed it. */
export function recoveryCodeHash(typed: string): Promise<string> {
  const letters = typed.toLowerCase().replaceAll(/[^0-9a-z]/g, "");
  return sha256Hex(letters.replaceAll("o", "0").replaceAll(/[il]/g, "1"));
}
