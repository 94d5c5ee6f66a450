import type { Document } from "mongodb";
import * as z from "zod";

import type { User } from "../protocol/user.ts";
import { wireOf } from "./wire.ts";

const storedUser = z.object({
  _id: z.string(),
  email: z.string().catch(""),
  name: z.string().catch(""),
});

/** An account as its owner sees it. What a person typed differently is read as far as it makes sense. */
export function userOf(document: Document): User {
  return storedUser.parse(wireOf(document));
}
