import * as z from "zod";

import { id, moment } from "./fields.ts";
import { householdDocument } from "./household.ts";
import { mealPlanDocument } from "./mealPlan.ts";
import { recipeDocument } from "./recipe.ts";
import { shoppingLineDocument } from "./shoppingList.ts";
import { passkeyDocument, sessionDocument, userDocument } from "./user.ts";

const invitation = z.object({
  _id: id,
  householdId: id,
  createdAt: moment,
  expiresAt: moment,
  isUsed: z.boolean(),
});

/** All that is kept about somebody. */
export const accountExportDocument = z
  .object({
    exportedAt: moment,
    user: userDocument,
    households: z.array(householdDocument),
    invitations: z.array(invitation).describe("Those that you made."),
    sessions: z.array(sessionDocument),
    passkeys: z.array(passkeyDocument),
    plans: z.array(mealPlanDocument).describe("Of all your households."),
    recipes: z.array(recipeDocument).describe("Of all your households."),
    shoppingLines: z.array(shoppingLineDocument).describe("Of all your households."),
  })
  .meta({ id: "AccountExport", description: "All that is kept about you, and what your households have." });
