import * as z from "zod";

import type { ShoppingLine } from "../../protocol/shoppingList.ts";
import { documentOf } from "./documentOf.ts";
import { id, moment } from "./fields.ts";

/** A line of a household's shopping list. */
export const shoppingLineDocument = documentOf<ShoppingLine>()(
  z.object({
    _id: id,
    householdId: id,
    text: z.string().describe("As it was written, or made of what follows."),
    quantity: z
      .number()
      .nullable()
      .describe("`null` where no number could be read: then the text says it all."),
    unit: z.string(),
    name: z.string(),
    aisle: z.string().describe("The part of the shop."),
    done: z.boolean().describe("Whether it is in the trolley."),
    doneBy: id.nullable().describe("Who ticked it."),
    dishes: z.array(z.string()).describe("The titles of the dishes that need it."),
    createdAt: moment,
    updatedAt: moment,
    changedBy: id.nullable().exactOptional().describe("Who changed it last with the app."),
    changedAt: moment
      .nullable()
      .exactOptional()
      .describe("When that was. A change by other means leaves both alone."),
  }),
).meta({ id: "ShoppingLine", description: "A line of a household's shopping list." });
