import * as z from "zod";

import { line } from "./fields.ts";

/** One spelling for each address: people do not mind the case of theirs. */
const email = z
  .string()
  .normalize("NFC")
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email({ pattern: z.regexes.unicodeEmail }))
  .describe("An email address. Its case does not matter.");

const LONGEST_PASSWORD = 200;

/** The body of `POST /api/users/register`. */
export const registrationSchema = z.strictObject({
  email,
  name: line(100),
  password: z.string().normalize("NFC").min(8).max(LONGEST_PASSWORD),
});

/** The body of `POST /api/users/login`. */
export const loginSchema = z.strictObject({
  email,
  password: z.string().normalize("NFC").min(1).max(LONGEST_PASSWORD),
});
