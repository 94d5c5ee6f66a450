import { loginSchema, registrationSchema } from "../../worker/schemas/user.ts";
import { userDocument } from "../documents/user.ts";
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
    answers: [signedIn(201, "The account. The session's cookie comes with it.")],
    refuses: [...WRITING, "email-taken"],
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
    id: "readMyself",
    tag,
    method: "get",
    path: "/api/users/me",
    summary: "Who is signed in",
    caller: "user",
    answers: [json(200, "The account.", userDocument)],
    refuses: [],
  },
];

function signedIn(status: 200 | 201, description: string) {
  return { ...json(status, description, userDocument), headers: { "Set-Cookie": "The session." } };
}
