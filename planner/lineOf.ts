import type { Document } from "mongodb";
import * as z from "zod";

import type { ShoppingLine } from "../protocol/shoppingList.ts";
import { wireOf } from "./wire.ts";

const text = z.string().catch("");
const textOrNull = z.string().nullable().catch(null);

const storedLine = z.object({
  _id: text,
  householdId: text,
  text,
  quantity: z.number().nullable().catch(null),
  unit: text,
  name: text,
  aisle: text,
  done: z.boolean().catch(false),
  doneBy: textOrNull,
  dishes: z.array(text).catch([]),
  createdAt: text,
  updatedAt: text,
  changedBy: textOrNull,
  changedAt: textOrNull,
});

/** A line of a list as the wire has it. What a person typed differently is read as far as it makes sense. */
export function lineOf(document: Document): ShoppingLine {
  return storedLine.parse(wireOf(document));
}
