import * as z from "zod";

import { editHeadersSchema } from "../../worker/schemas/editHeaders.ts";
import { entryChangeSchema, newEntrySchema } from "../../worker/schemas/entry.ts";
import { newShareSchema } from "../../worker/schemas/share.ts";
import { activityDocument } from "../documents/activity.ts";
import { mealPlanDocument, newShareDocument, shareDocument } from "../documents/mealPlan.ts";
import { json, nothing, READING, WRITING, type ApiOperation } from "../operation.ts";

const tag = "Meal plans";

const plan = json(200, "The plan.", mealPlanDocument);

/** What `worker/routes/mealPlans.ts` and `worker/routes/shares.ts` answer, but for streams. */
export const mealPlanOperations: readonly ApiOperation[] = [
  {
    id: "readPlan",
    tag,
    method: "get",
    path: "/api/mealplans/{id}",
    summary: "A plan",
    description: "A guest is not told who its members are, nor who added what.",
    caller: "reader",
    answers: [plan],
    refuses: [...READING, "not-found", "hub-unavailable"],
  },
  {
    id: "readActivity",
    tag,
    method: "get",
    path: "/api/mealplans/{id}/activity",
    summary: "What members did to the plan",
    description: "The last fifty edits, the newest first. Long text is cut.",
    caller: "user",
    answers: [json(200, "The edits.", activityDocument)],
    refuses: [...READING, "not-found"],
  },
  {
    id: "addEntry",
    tag,
    method: "post",
    path: "/api/mealplans/{id}/entries",
    summary: "Add a dish",
    description: "Title and servings default to the recipe's. One of recipe and title names the dish.",
    caller: "user",
    body: newEntrySchema,
    answers: [{ ...plan, status: 201 }],
    headers: editHeadersSchema,
    refuses: [...WRITING, "invalid-header", "not-found", "limit-reached"],
  },
  {
    id: "changeEntry",
    tag,
    method: "patch",
    path: "/api/mealplans/{id}/entries/{entryId}",
    summary: "Change a dish, or move it",
    description:
      "Only the fields that are sent change; there must be one. `was` tells what you saw in them: when one holds " +
      "something else now that is not what you want, nothing changes, and the refusal tells the dish as it is.",
    caller: "user",
    body: entryChangeSchema,
    answers: [plan],
    headers: editHeadersSchema,
    refuses: [...WRITING, "invalid-header", "not-found", "changed-meanwhile"],
  },
  {
    id: "removeEntry",
    tag,
    method: "delete",
    path: "/api/mealplans/{id}/entries/{entryId}",
    summary: "Take a dish off",
    caller: "user",
    answers: [plan],
    headers: editHeadersSchema,
    refuses: [...WRITING, "invalid-header", "not-found"],
  },
  {
    id: "listShares",
    tag,
    method: "get",
    path: "/api/mealplans/{id}/shares",
    summary: "The plan's share links",
    description: "Those that have not expired.",
    caller: "user",
    answers: [json(200, "The links, without their tokens.", z.array(shareDocument))],
    refuses: [...READING, "not-found"],
  },
  {
    id: "addShare",
    tag,
    method: "post",
    path: "/api/mealplans/{id}/shares",
    summary: "Make a share link",
    description: "Whoever has it may read the plan and watch it, and change nothing.",
    caller: "user",
    body: newShareSchema(new Date(0)),
    answers: [json(201, "The link.", newShareDocument)],
    refuses: [...WRITING, "not-found", "limit-reached"],
  },
  {
    id: "removeShare",
    tag,
    method: "delete",
    path: "/api/mealplans/{id}/shares/{shareId}",
    summary: "End a share link",
    description: "Streams that were opened with it end as well.",
    caller: "user",
    answers: [nothing("It opens nothing any more.")],
    refuses: [...WRITING, "not-found"],
  },
];
