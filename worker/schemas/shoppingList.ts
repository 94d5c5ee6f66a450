import * as z from "zod";

import { line, objectId } from "./fields.ts";
import { checkSeen, WAS } from "./seenFields.ts";

const fields = {
  text: line(300).describe("As it is to be read, like `2 l milk`."),
  aisle: line(60).describe("The part of the shop."),
  done: z.boolean().describe("Whether it is in the trolley."),
};

/** The body of `POST /api/households/:id/list`. */
export const newLineSchema = z.strictObject({
  _id: objectId.optional(),
  text: fields.text,
  aisle: fields.aisle.optional().describe("Guessed from the name where it is not given."),
});

/** The body of `POST /api/households/:id/list/from-plan`. */
export const planOfListSchema = z.strictObject({ planId: objectId });

const some = z.strictObject(fields).partial();

/** The body of `PATCH /api/households/:id/list/:lineId`. */
export const lineChangeSchema = some.extend({ was: some.optional().describe(WAS) }).superRefine(checkSeen);
