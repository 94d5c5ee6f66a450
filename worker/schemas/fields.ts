import * as z from "zod";

import { RECIPE_LIMITS } from "../../protocol/recipeLimits.ts";

/** An id: 24 hex digits. */
export const objectId = z
  .string()
  .toLowerCase()
  .regex(/^[0-9a-f]{24}$/, "An id is 24 hex digits");

/** A line of text that must not be empty. */
export function line(longest: number) {
  return z.string().normalize("NFC").trim().min(1).max(longest);
}

/** Characters that show nothing, or turn around the text after them: with them a name passes for another. */
const HIDDEN = /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;

/** What people or a household are called. */
export function name(longest: number) {
  return line(longest).refine((text) => !HIDDEN.test(text), "No control characters");
}

/** Text that may be empty. */
export function note(longest: number) {
  return z.string().normalize("NFC").trim().max(longest);
}

/** For how many people. */
export const servings = z.int().min(1).max(RECIPE_LIMITS.servings);
