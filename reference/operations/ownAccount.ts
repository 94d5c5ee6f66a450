import { accountRemovalSchema, profileChangeSchema } from "../../worker/schemas/user.ts";
import { accountExportDocument } from "../documents/accountExport.ts";
import { userDocument } from "../documents/user.ts";
import { json, nothing, READING, WRITING, type ApiOperation } from "../operation.ts";

const tag = "Accounts";

/** What `worker/routes/ownAccount.ts` answers. */
export const ownAccountOperations: readonly ApiOperation[] = [
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
  {
    id: "changeMyself",
    tag,
    method: "patch",
    path: "/api/users/me",
    summary: "Change your name or your address",
    description:
      "A new name shows in all your households. Where mails can be sent, a new address is `pendingEmail` until the link is opened that was sent there; giving the one that you have takes that back.",
    caller: "user",
    body: profileChangeSchema,
    answers: [json(200, "The account.", userDocument)],
    refuses: [...WRITING, "wrong-credentials", "email-taken", "too-many-attempts"],
  },
  {
    id: "exportMyself",
    tag,
    method: "get",
    path: "/api/users/me/export",
    summary: "All that is kept about you, as a file",
    description: "It is written while it is read. One that breaks off is no JSON: ask again.",
    caller: "user",
    answers: [
      {
        ...json(200, "The account and what its households have.", accountExportDocument),
        headers: { "Content-Disposition": "An attachment, with the name of the file." },
      },
    ],
    refuses: [...READING, "not-found"],
  },
  {
    id: "removeMyself",
    tag,
    method: "delete",
    path: "/api/users/me",
    summary: "Delete your account",
    description:
      "Ends all sessions and their streams. You leave your households; those where nobody else is go with you. Where others are and only you own, `households` says what happens: without it the answer is `sole-owner`.",
    caller: "user",
    body: accountRemovalSchema,
    answers: [nothing("It is gone.")],
    refuses: [...WRITING, "wrong-credentials", "sole-owner", "too-many-attempts"],
  },
];
