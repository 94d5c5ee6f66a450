import * as z from "zod";

import { isBadPassword } from "../badPasswords.ts";
import { name, objectId } from "./fields.ts";

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

/** A password that somebody chooses. */
const newPassword = z
  .string()
  .normalize("NFC")
  .min(8)
  .max(LONGEST_PASSWORD)
  .refine((text) => !isBadPassword(text), "Everybody tries this one first");

/** A password that somebody gives to show who they are: whatever it is, it is compared, not judged. */
const givenPassword = z.string().normalize("NFC").min(1).max(LONGEST_PASSWORD);

/** The body of `POST /api/users/register`. */
export const registrationSchema = z.strictObject({
  email,
  name: name(100),
  password: newPassword,
  invitation: z.string().max(200).optional().describe("The token of an invitation, where one is needed."),
});

/** The body of `POST /api/users/login`. */
export const loginSchema = z.strictObject({ email, password: givenPassword });

/** The body of `POST /api/users/password`. */
export const passwordChangeSchema = z.strictObject({ current: givenPassword, next: newPassword });

/** The body of `PATCH /api/users/me`. */
export const profileChangeSchema = z
  .strictObject({ name: name(100).optional(), email: email.optional(), password: givenPassword })
  .refine((given) => given.name !== undefined || given.email !== undefined, "Nothing to change");

/** The body of `DELETE /api/users/me`. */
export const accountRemovalSchema = z.strictObject({
  password: givenPassword,
  households: z
    .enum(["delete", "hand-over"])
    .optional()
    .describe(
      "What becomes of households that only you own and where others are: handed over to who has been there longest.",
    ),
});

/** The body of `POST /api/users/verify`. */
export const verificationSchema = z.strictObject({ token: z.string().min(1).max(200) });

/** The body of `POST /api/users/recovery-codes`. */
export const recoveryCodesSchema = z.strictObject({ password: givenPassword });

/** The body of `POST /api/users/recover`: the address alone asks for a mail. */
export const recoverySchema = z
  .strictObject({
    email,
    code: z.string().min(1).max(100).optional().describe("Its case, spaces and dashes do not matter."),
    password: newPassword.optional().describe("The one to have from now on."),
  })
  .superRefine(({ code, password }, context) => {
    if ((code === undefined) === (password === undefined)) return;
    const path = [code === undefined ? "code" : "password"];
    context.addIssue({ code: "custom", path, message: "This is needed" });
  });

/** The body of `POST /api/operator/end-sessions`. An account that was deleted by hand is known by its id only. */
export const accountSchema = z
  .strictObject({ email: email.optional(), userId: objectId.optional() })
  .refine((given) => (given.email === undefined) !== (given.userId === undefined), "Either of the two");
