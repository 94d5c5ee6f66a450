import * as z from "zod";

import {
  loginSchema,
  passwordChangeSchema,
  registrationSchema,
  verificationSchema,
} from "../../worker/schemas/user.ts";
import { sessionsDocument, userDocument } from "../documents/user.ts";
import { json, nothing, READING, WRITING, type ApiOperation } from "../operation.ts";

const tag = "Accounts";

/** What `worker/routes/users.ts` answers. */
export const userOperations: readonly ApiOperation[] = [
  {
    id: "register",
    tag,
    method: "post",
    path: "/api/users/register",
    summary: "Make an account and sign in",
    caller: "anyone",
    body: registrationSchema,
    answers: [
      signedIn(201, "The account. The session's cookie comes with it."),
      json(
        202,
        "Where an address has to be proved first: a mail was sent, whether there is an account already or not.",
        z.object({ sent: z.literal(true) }),
      ),
    ],
    refuses: [...WRITING, "email-taken", "registration-closed", "too-many-attempts", "mail-unavailable"],
  },
  {
    id: "proveAddress",
    tag,
    method: "post",
    path: "/api/users/verify",
    summary: "Prove an address by the link that was sent there",
    description:
      "An account begins by it, or has the address from now on. A link is good once, for a day. Nobody is signed in by it.",
    caller: "anyone",
    body: verificationSchema,
    answers: [json(200, "The address that is proved now.", z.object({ email: z.string() }))],
    refuses: [...WRITING, "email-taken", "gone", "too-many-attempts"],
  },
  {
    id: "signIn",
    tag,
    method: "post",
    path: "/api/users/login",
    summary: "Sign in",
    caller: "anyone",
    body: loginSchema,
    answers: [signedIn(200, "The account. The session's cookie comes with it.")],
    refuses: [...READING, "wrong-credentials", "too-many-attempts"],
  },
  {
    id: "signOut",
    tag,
    method: "post",
    path: "/api/users/logout",
    summary: "Sign out",
    description: "Ends the session and closes its streams. Harmless when nobody is signed in.",
    caller: "anyone",
    answers: [nothing("Nobody is signed in any more.")],
    refuses: [],
  },
  {
    id: "changePassword",
    tag,
    method: "post",
    path: "/api/users/password",
    summary: "Change your password",
    description:
      "Ends all your other sessions and closes their streams. Codes that owners gave or that were mailed are good no more, and a new address that was not proved yet is dropped; your own recovery codes stay.",
    caller: "user",
    body: passwordChangeSchema,
    answers: [nothing("From now on it is the next one.")],
    refuses: [...WRITING, "wrong-credentials", "too-many-attempts"],
  },
  {
    id: "listSessions",
    tag,
    method: "get",
    path: "/api/users/sessions",
    summary: "Where you are signed in",
    caller: "user",
    answers: [json(200, "Your sessions, the last seen first.", sessionsDocument)],
    refuses: [],
  },
  {
    id: "endOtherSessions",
    tag,
    method: "delete",
    path: "/api/users/sessions",
    summary: "Sign out everywhere else",
    caller: "user",
    answers: [nothing("Only the session that asks is left.")],
    refuses: [],
  },
  {
    id: "endSession",
    tag,
    method: "delete",
    path: "/api/users/sessions/{id}",
    summary: "End one of your sessions",
    description: "Its streams are closed.",
    caller: "user",
    params: z.object({ id: z.string().describe("Of the session.") }),
    answers: [nothing("It has ended.")],
    refuses: ["not-found"],
  },
];

function signedIn(status: 200 | 201, description: string) {
  return { ...json(status, description, userDocument), headers: { "Set-Cookie": "The session." } };
}
