import * as z from "zod";

import { newPasskeySchema, passkeySignInSchema } from "../../worker/schemas/passkey.ts";
import { passkeyDocument, userDocument } from "../documents/user.ts";
import { json, nothing, READING, WRITING, type ApiOperation } from "../operation.ts";

const tag = "Accounts";

const creationOptions = z
  .looseObject({ challenge: z.string(), rp: z.looseObject({ id: z.string() }) })
  .meta({ description: "`PublicKeyCredentialCreationOptionsJSON` of WebAuthn." });

const requestOptions = z
  .looseObject({ challenge: z.string(), rpId: z.string() })
  .meta({ description: "`PublicKeyCredentialRequestOptionsJSON` of WebAuthn." });

/** What `worker/routes/passkeys.ts` answers. */
export const passkeyOperations: readonly ApiOperation[] = [
  {
    id: "listPasskeys",
    tag,
    method: "get",
    path: "/api/users/passkeys",
    summary: "Your passkeys",
    caller: "user",
    answers: [json(200, "The oldest first.", z.object({ passkeys: z.array(passkeyDocument) }))],
    refuses: READING,
  },
  {
    id: "beginPasskey",
    tag,
    method: "post",
    path: "/api/users/passkeys/options",
    summary: "What a browser needs to make a passkey",
    description:
      "For `navigator.credentials.create()`. Its challenge is good once, for five minutes, for you.",
    caller: "user",
    answers: [json(200, "The options.", creationOptions)],
    refuses: READING,
  },
  {
    id: "addPasskey",
    tag,
    method: "post",
    path: "/api/users/passkeys",
    summary: "Add a passkey that your browser has just made",
    caller: "user",
    body: newPasskeySchema,
    answers: [json(201, "The passkey.", passkeyDocument)],
    refuses: [...WRITING, "wrong-passkey", "limit-reached"],
  },
  {
    id: "removePasskey",
    tag,
    method: "delete",
    path: "/api/users/passkeys/{id}",
    summary: "Remove a passkey",
    description: "Nobody signs in with it any more. Sessions go on.",
    caller: "user",
    answers: [nothing("It is gone.")],
    refuses: [...WRITING, "not-found"],
  },
  {
    id: "beginPasskeySignIn",
    tag,
    method: "post",
    path: "/api/users/passkeys/sign-in/options",
    summary: "What a browser needs to let somebody choose a passkey",
    description: "For `navigator.credentials.get()`. Nobody has to say who they are.",
    caller: "anyone",
    answers: [json(200, "The options.", requestOptions)],
    refuses: [],
  },
  {
    id: "signInWithPasskey",
    tag,
    method: "post",
    path: "/api/users/passkeys/sign-in",
    summary: "Sign in with a passkey",
    caller: "anyone",
    body: passkeySignInSchema,
    answers: [
      {
        ...json(200, "The account. The session's cookie comes with it.", userDocument),
        headers: { "Set-Cookie": "The session." },
      },
    ],
    refuses: [...WRITING, "wrong-passkey", "too-many-attempts"],
  },
];
