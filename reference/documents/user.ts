import * as z from "zod";

import type { Session, User } from "../../protocol/user.ts";
import { documentOf } from "./documentOf.ts";
import { id, moment } from "./fields.ts";

/** An account as its owner sees it. */
export const userDocument = documentOf<User>()(
  z.object({ _id: id, email: z.string(), name: z.string().describe("What others see.") }),
).meta({ id: "User", description: "An account as its owner sees it." });

/** Where somebody is signed in. */
export const sessionsDocument = z.object({
  sessions: z.array(
    documentOf<Session>()(
      z.object({
        _id: z.uuid(),
        createdAt: moment,
        lastSeenAt: moment.describe("To the minute."),
        device: z.string().describe("What the browser says it is."),
        isThisOne: z.boolean().describe("Whether it is the session that asks."),
      }),
    ).meta({ id: "Session", description: "Somewhere that you are signed in." }),
  ),
});
