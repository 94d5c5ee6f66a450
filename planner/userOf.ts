import type { Document } from "mongodb";
import * as z from "zod";

import type { User } from "../protocol/user.ts";
import { wireOf } from "./wire.ts";

const storedUser = z.object({
  _id: z.string(),
  email: z.string().catch(""),
  name: z.string().catch(""),
  verifiedEmail: z.string().nullable().catch(null),
  pendingEmail: z.string().nullable().catch(null),
});

/** An account as its owner sees it. What a person typed differently is read as far as it makes sense. */
export function userOf(document: Document): User {
  const { verifiedEmail, ...user } = storedUser.parse(wireOf(document));
  return { ...user, emailVerified: verifiedEmail === user.email };
}
