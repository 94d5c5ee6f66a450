import * as z from "zod";

/** An id: 24 hex digits. */
export const objectId = z
  .string()
  .toLowerCase()
  .regex(/^[0-9a-f]{24}$/, "An id is 24 hex digits");

/** A line of text that must not be empty. */
export function line(longest: number) {
  return z.string().normalize("NFC").trim().min(1).max(longest);
}

/** Text that may be empty. */
export function note(longest: number) {
  return z.string().normalize("NFC").trim().max(longest);
}

/** For how many people. */
export const servings = z.int().min(1).max(1000);
