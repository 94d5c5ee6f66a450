import { editHeadersSchema } from "../../worker/schemas/editHeaders.ts";
import {
  householdChangeSchema,
  newHouseholdSchema,
  weekQuerySchema,
} from "../../worker/schemas/household.ts";
import * as z from "zod";

import { householdDocument, inviteDocument } from "../documents/household.ts";
import { mealPlanDocument } from "../documents/mealPlan.ts";
import { json, nothing, READING, WRITING, type ApiOperation } from "../operation.ts";

const tag = "Households";

/** What `worker/routes/households.ts` and `worker/routes/invites.ts` answer. */
export const householdOperations: readonly ApiOperation[] = [
  {
    id: "listHouseholds",
    tag,
    method: "get",
    path: "/api/households",
    summary: "The households that you are a member of",
    caller: "user",
    answers: [json(200, "Your households.", z.array(householdDocument))],
    refuses: READING,
  },
  {
    id: "addHousehold",
    tag,
    method: "post",
    path: "/api/households",
    summary: "Make a household",
    caller: "user",
    body: newHouseholdSchema,
    answers: [json(201, "The household. You are its owner.", householdDocument)],
    refuses: [...WRITING, "limit-reached"],
  },
  {
    id: "readHousehold",
    tag,
    method: "get",
    path: "/api/households/{id}",
    summary: "A household",
    caller: "user",
    answers: [json(200, "The household.", householdDocument)],
    refuses: [...READING, "not-found"],
  },
  {
    id: "changeHousehold",
    tag,
    method: "patch",
    path: "/api/households/{id}",
    summary: "Rename a household",
    description: "`was` tells the name that you saw: when it has another by now, it keeps it.",
    caller: "user",
    body: householdChangeSchema,
    answers: [json(200, "The household.", householdDocument)],
    headers: editHeadersSchema,
    refuses: [...WRITING, "invalid-header", "not-found", "changed-meanwhile"],
  },
  {
    id: "removeHousehold",
    tag,
    method: "delete",
    path: "/api/households/{id}",
    summary: "Delete a household with all that it has",
    description: "For its owner only.",
    caller: "user",
    answers: [nothing("It is gone.")],
    refuses: [...WRITING, "not-found", "forbidden"],
  },
  {
    id: "addInvite",
    tag,
    method: "post",
    path: "/api/households/{id}/invites",
    summary: "Invite somebody",
    description: "An invitation is good once, for a week.",
    caller: "user",
    answers: [json(201, "The invitation.", inviteDocument)],
    refuses: [...WRITING, "not-found", "limit-reached"],
  },
  {
    id: "acceptInvite",
    tag,
    method: "post",
    path: "/api/invites/{token}/accept",
    summary: "Accept an invitation",
    caller: "user",
    params: z.object({ token: z.string().describe("Of the invitation.") }),
    answers: [json(200, "The household that you are a member of now.", householdDocument)],
    refuses: [...WRITING, "not-found", "gone", "limit-reached"],
  },
  {
    id: "removeMember",
    tag,
    method: "delete",
    path: "/api/households/{id}/members/{userId}",
    summary: "Leave a household, or take somebody out",
    description:
      "Only the owner takes others out. When the last owner leaves, the longest member owns the household.",
    caller: "user",
    answers: [nothing("They are no member any more.")],
    refuses: [...WRITING, "not-found", "forbidden"],
  },
  {
    id: "readPlanOfWeek",
    tag,
    method: "get",
    path: "/api/households/{id}/mealplans",
    summary: "The household's plan of a week",
    description: "It is made when it is not there yet, for weeks within a year from now.",
    caller: "user",
    query: weekQuerySchema,
    answers: [json(200, "The plan.", mealPlanDocument)],
    refuses: [...WRITING, "not-found"],
  },
];
