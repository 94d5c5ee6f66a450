import * as z from "zod";

import type { DemoPlan } from "../../protocol/demoPlan.ts";
import { documentOf } from "./documentOf.ts";
import { id } from "./fields.ts";

/** The plan that visitors see. */
export const demoPlanDocument = documentOf<DemoPlan>()(
  z.object({
    plan: z
      .object({ _id: id, share: z.string().describe("The token of a share link to it.") })
      .nullable()
      .describe("`null` where there is nothing to see."),
  }),
).meta({ id: "DemoPlan", description: "This week's plan of the demo household, for visitors to look at." });
