import * as z from "zod";

import { editHeadersSchema } from "../../worker/schemas/editHeaders.ts";
import { lineChangeSchema, newLineSchema, planOfListSchema } from "../../worker/schemas/shoppingList.ts";
import { shoppingLineDocument } from "../documents/shoppingList.ts";
import { json, nothing, WRITING, type ApiOperation } from "../operation.ts";

const tag = "Shopping list";

const line = json(200, "The line.", shoppingLineDocument);

/** What `worker/routes/shoppingList.ts` answers. */
export const shoppingListOperations: readonly ApiOperation[] = [
  {
    id: "addLine",
    tag,
    method: "post",
    path: "/api/households/{id}/list",
    summary: "Write a line on the shopping list",
    description:
      "An amount at its beginning is read, in English or German. The lines are read from the stream `lists`.",
    caller: "user",
    body: newLineSchema,
    answers: [{ ...line, status: 201 }],
    headers: editHeadersSchema,
    refuses: [...WRITING, "invalid-header", "not-found", "limit-reached"],
  },
  {
    id: "makeListFromPlan",
    tag,
    method: "post",
    path: "/api/households/{id}/list/from-plan",
    summary: "Put on the shopping list what a plan needs",
    description:
      "Summed by ingredient and kind of unit, for as many as the dishes are planned for, without the household's staples. " +
      "Doing it again follows the plan: what it does not need any more goes. Nothing is unticked, and nothing that " +
      "somebody wrote himself is changed; what goes beyond a ticked line is a new one.",
    caller: "user",
    body: planOfListSchema,
    answers: [
      json(200, "The lines that were made or changed.", z.object({ lines: z.array(shoppingLineDocument) })),
    ],
    headers: editHeadersSchema,
    refuses: [...WRITING, "invalid-header", "not-found", "limit-reached"],
  },
  {
    id: "changeLine",
    tag,
    method: "patch",
    path: "/api/households/{id}/list/{lineId}",
    summary: "Tick a line, or change it",
    description:
      "Only the fields that are sent change; there must be one. `was` tells what you saw in them: when one holds " +
      "something else now that is not what you want, nothing changes, and the refusal tells the line as it is. An aisle " +
      "is remembered for what is named so.",
    caller: "user",
    body: lineChangeSchema,
    answers: [line],
    headers: editHeadersSchema,
    refuses: [...WRITING, "invalid-header", "not-found", "changed-meanwhile"],
  },
  {
    id: "removeLine",
    tag,
    method: "delete",
    path: "/api/households/{id}/list/{lineId}",
    summary: "Take a line off the shopping list",
    caller: "user",
    answers: [nothing("It is gone.")],
    headers: editHeadersSchema,
    refuses: [...WRITING, "invalid-header", "not-found"],
  },
];
