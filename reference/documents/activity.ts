import * as z from "zod";

import { ACTIVITY_KINDS, type Activity } from "../../protocol/activity.ts";
import { documentOf } from "./documentOf.ts";
import { id, moment } from "./fields.ts";

const fields = z.record(z.string(), z.union([z.string(), z.number(), z.null()])).nullable();

const line = z.object({
  _id: z.string().describe("The key of the edit, or one made for it."),
  at: moment,
  by: z
    .object({ userId: id, name: z.string().nullable().describe("`null` for somebody who has left.") })
    .nullable(),
  kind: z.enum(ACTIVITY_KINDS),
  entryId: id,
  title: z.string().describe("Of the dish after the edit."),
  before: fields.describe("The fields that changed, as they were; the whole dish when it was removed."),
  after: fields.describe("The fields that changed, as they became; the whole dish when it was added."),
  cut: z.array(z.string()).describe("The fields whose text is longer than what is told here."),
});

/** The last edits of a plan. */
export const activityDocument = documentOf<Activity>()(
  z.object({ activity: z.array(line).describe("The newest first, at most 50.") }),
).meta({ id: "Activity", description: "The last edits of a plan." });
