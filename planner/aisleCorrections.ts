import { type Document, ObjectId } from "mongodb";
import * as z from "zod";

import { TIMED } from "../durable-objects/database/timed.ts";
import { nameKey } from "../kitchen/nameKey.ts";
import { readIngredient } from "../kitchen/readIngredient.ts";
import type { Store } from "./Store.ts";

/** How many a household remembers, the newest. */
const REMEMBERED = 300;

const corrections = z.array(z.object({ name: z.string(), aisle: z.string() })).catch([]);

/** Where the household has put things, by `nameKey`. */
export function aisleCorrectionsOf(household: Document): ReadonlyMap<string, string> {
  return new Map(corrections.parse(household["aisleOf"]).map(({ name, aisle }) => [name, aisle]));
}

/** Remembers in which aisle a household has put a thing. It is a hint: of two at the same moment one may be lost. */
export async function rememberAisle(
  { households }: Store,
  householdId: string,
  name: string,
  aisle: string,
): Promise<void> {
  const filter = { _id: new ObjectId(householdId) };
  const household = await households.findOne(filter, { ...TIMED, projection: { aisleOf: 1 } });
  if (!household) return;
  const key = nameKey(readIngredient(name).name);
  const others = corrections.parse(household["aisleOf"]).filter((correction) => correction.name !== key);
  const kept = [...others, { name: key, aisle }].slice(-REMEMBERED);
  await households.updateOne(filter, { $set: { aisleOf: kept } });
}
