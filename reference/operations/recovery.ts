import * as z from "zod";

import { recoveryCodesSchema, recoverySchema } from "../../worker/schemas/user.ts";
import { vouchDocument } from "../documents/household.ts";
import { json, nothing, WRITING, type ApiOperation } from "../operation.ts";

/** What `worker/routes/recovery.ts` and `vouching.ts` answer. */
export const recoveryOperations: readonly ApiOperation[] = [
  {
    id: "makeRecoveryCodes",
    tag: "Accounts",
    method: "post",
    path: "/api/users/recovery-codes",
    summary: "Make codes for the day on which you can't sign in",
    description: "Each is good once. They are told once: new ones take the place of the old.",
    caller: "user",
    body: recoveryCodesSchema,
    answers: [json(200, "The codes.", z.object({ codes: z.array(z.string()).length(8) }))],
    refuses: [...WRITING, "wrong-credentials", "too-many-attempts"],
  },
  {
    id: "recover",
    tag: "Accounts",
    method: "post",
    path: "/api/users/recover",
    summary: "Set a password without knowing the old one",
    description:
      "With an address alone: asks for a mail, and is answered alike whether there is such an account. With a code and a password: sets the password and ends all sessions of the account.",
    caller: "anyone",
    body: recoverySchema,
    answers: [
      json(
        202,
        "If there is such an account, a mail is on its way.",
        z.object({ mail: z.boolean().describe("Whether this server sends mails at all.") }),
      ),
      nothing("From now on the password is this one."),
    ],
    refuses: [...WRITING, "wrong-code", "too-many-attempts"],
  },
  {
    id: "vouch",
    tag: "Households",
    method: "post",
    path: "/api/households/{id}/members/{userId}/vouch",
    summary: "Help a member who can't sign in",
    description:
      "For an owner, and not for yourself. The code is good once, for an hour, as long as you own the household and they are its member.",
    caller: "user",
    answers: [json(201, "What to give to the member.", vouchDocument)],
    refuses: [...WRITING, "not-found", "forbidden"],
  },
];
