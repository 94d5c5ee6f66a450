import * as z from "zod";

import type { Passkey, Session, User } from "../../protocol/user.ts";
import { documentOf } from "./documentOf.ts";
import { id, moment } from "./fields.ts";

/** An account as its owner sees it. */
export const userDocument = documentOf<User>()(
  z.object({
    _id: id,
    email: z.string(),
    name: z.string().describe("What others see."),
    emailVerified: z
      .boolean()
      .exactOptional()
      .describe(
        "Whether somebody has opened the link that was sent to `email`. Told where mails can be sent.",
      ),
    pendingEmail: z
      .string()
      .nullable()
      .exactOptional()
      .describe("What `email` becomes when the link that was sent there is opened."),
  }),
).meta({ id: "User", description: "An account as its owner sees it." });

/** Somewhere that somebody is signed in. */
export const sessionDocument = documentOf<Session>()(
  z.object({
    _id: z.uuid(),
    createdAt: moment,
    lastSeenAt: moment.describe("To the minute."),
    device: z.string().describe("What the browser says it is."),
    isThisOne: z.boolean().describe("Whether it is the session that asks."),
  }),
).meta({ id: "Session", description: "Somewhere that you are signed in." });

/** Where somebody is signed in. */
export const sessionsDocument = z.object({ sessions: z.array(sessionDocument) });

/** A passkey as its owner sees it. */
export const passkeyDocument = documentOf<Passkey>()(
  z.object({
    _id: id,
    name: z.string(),
    createdAt: moment,
    lastUsedAt: moment.nullable().describe("`null` as long as nobody has signed in with it."),
  }),
).meta({ id: "Passkey", description: "A passkey: a way to sign in without the password." });
