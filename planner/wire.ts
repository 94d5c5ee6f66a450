import { BSON, type Document } from "mongodb";
import * as z from "zod";

import type { EjsonDocument } from "../protocol/changeEvent.ts";
import type { Household } from "../protocol/household.ts";
import { mealPlanAccess, mealPlanData } from "../protocol/mealPlanStream.ts";
import type { Recipe } from "../protocol/recipe.ts";
import type { Update } from "../protocol/update.ts";
import type { Version } from "../protocol/version.ts";
import { wireDocument, type WireDocument } from "../protocol/wireJson.ts";

/** A plan as an update. `at` in milliseconds since 1970. */
export function planUpdate(document: Document, version: Version, at: number): Update {
  const ejson = ejsonOf(document);
  const { _id } = wireDocument(ejson);
  return { id: String(_id), version, at, data: mealPlanData(ejson), access: mealPlanAccess(ejson) };
}

/** The removal of a plan. `at` in milliseconds since 1970. */
export function planRemoval(planId: string, version: Version, at: number): Update {
  return { id: planId, version, at, data: null, access: null };
}

/** A document as plain JSON. */
export function wireOf(document: Document): WireDocument {
  return wireDocument(ejsonOf(document));
}

/** A recipe as the wire has it. What a person typed differently is read as far as it makes sense. */
export function recipeOf(document: Document): Recipe {
  return recipe.parse(wireOf(document));
}

/** A household as the wire has it. What a person typed differently is read as far as it makes sense. */
export function householdOf(document: Document): Household {
  return household.parse(wireOf(document));
}

/** BSON stops here: the driver's types become Extended JSON, as in a change event. */
export function ejsonOf(document: Document): EjsonDocument {
  return BSON.EJSON.serialize(document, { relaxed: false }) as EjsonDocument;
}

const text = z.string().catch("");
const texts = z.array(text).catch([]);

const ingredient = z
  .preprocess(
    (value) => (typeof value === "string" ? { name: value } : value),
    z.object({ quantity: z.number().nullable().catch(null), unit: text, name: text }),
  )
  .catch({ quantity: null, unit: "", name: "" });

const recipe = z.object({
  _id: text,
  householdId: text,
  title: text,
  servings: z.number().catch(1),
  ingredients: z.array(ingredient).catch([]),
  steps: texts,
  tags: texts,
  image: z.string().nullable().catch(null),
  source: z.string().nullable().catch(null),
  createdAt: text,
  updatedAt: text,
});

const member = z
  .object({ userId: text, name: text, role: z.enum(["owner", "member"]).catch("member") })
  .catch({ userId: "", name: "", role: "member" });

const household = z.object({
  _id: text,
  name: text,
  members: z.array(member).catch([]),
  createdAt: text,
  updatedAt: text,
});
