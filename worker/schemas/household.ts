import * as z from "zod";

import { mondayOf } from "../../protocol/week.ts";
import { line, name, objectId } from "./fields.ts";
import { checkSeen, WAS } from "./seenFields.ts";

/** The body of `POST /api/households`. */
export const newHouseholdSchema = z.strictObject({ _id: objectId.optional(), name: name(100) });

const some = z
  .strictObject({
    name: name(100),
    aisles: z
      .array(line(60))
      .max(100)
      .describe("The aisles of its shop in the order in which they are walked."),
    staples: z.array(line(200)).max(300).describe("Names of what is always in the pantry."),
  })
  .partial();

/** The body of `PATCH /api/households/:id`. */
export const householdChangeSchema = some
  .extend({
    was: some
      .extend({ name: line(100).optional() })
      .optional()
      .describe(WAS),
  })
  .superRefine(checkSeen);

/** The body of `PATCH /api/households/:id/members/:userId`. */
export const roleChangeSchema = z.strictObject({ role: z.enum(["owner", "member"]) });

/** The query of `GET /api/households/:id/mealplans`. */
export const weekQuerySchema = z.strictObject({
  week: z
    .string()
    .refine((text) => mondayOf(text) !== null, "An ISO week, like 2026-W47")
    .optional()
    .describe("An ISO week, like 2026-W47; the current one by default."),
});

/** The body of `POST /api/households/:id/invites`, which may be left out. */
export const newInviteSchema = z.strictObject({
  kind: z
    .enum(["once", "day"])
    .default("once")
    .describe("`once`: for one person, within a week. `day`: for whoever has it, for a day."),
});

/** The body of `POST /api/invites/preview` and `POST /api/invites/accept`. */
export const inviteTokenSchema = z.strictObject({ token: z.string().min(1).max(200) });
