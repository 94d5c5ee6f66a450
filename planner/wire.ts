import type { Document } from "mongodb";
import * as z from "zod";

import { ejsonOf } from "../durable-objects/database/ejson.ts";
import { toChangeText, type ChangeText } from "../protocol/change.ts";
import type { Household } from "../protocol/household.ts";
import type { Recipe } from "../protocol/recipe.ts";
import type { Version } from "../protocol/version.ts";
import { wireDocument, type WireDocument } from "../protocol/wireJson.ts";
import { readDocument } from "../streams/declare/readDocument.ts";
import { mealplans } from "../streams/mealplans.ts";
import type { Collections } from "./collections.ts";

/** The name in the database of each collection whose changes are streamed. */
const STREAMED = {
  mealPlans: "mealplans",
  recipes: "recipes",
  lists: "lists",
  households: "households",
} as const satisfies Partial<Record<keyof Collections, string>>;

/**
 * What was written, ready to be published; nothing when its version is not known for certain: the trigger tells of it.
 * `at` in milliseconds since 1970.
 */
export function changesTo(
  collection: keyof typeof STREAMED,
  documents: readonly Document[],
  version: Version | null,
  at: number,
): readonly ChangeText[] {
  if (version === null) return [];
  return documents.map((document) => {
    const ejson = ejsonOf(document);
    return toChangeText({
      collection: STREAMED[collection],
      key: ejson["_id"] ?? null,
      version,
      at,
      document: ejson,
    });
  });
}

/** What was removed, ready to be published; nothing when the version is not known for certain. */
export function removalsFrom(
  collection: keyof typeof STREAMED,
  documents: readonly Document[],
  version: Version | null,
  at: number,
): readonly ChangeText[] {
  return changesTo(collection, documents, version, at).map((change) => ({ ...change, document: null }));
}

/** A plan as its members get it, as wire JSON. */
export function planData(document: Document): string {
  const item = readDocument(mealplans, ejsonOf(document));
  if (!item) throw new TypeError("A plan was found by an id that is none");
  return item.data;
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

/** A dish on a plan, with what a person typed differently read as far as it makes sense. */
export function entryOf(document: Document): EntryRead {
  return entry.parse(wireOf(document));
}

type EntryRead = z.output<typeof entry>;

const text = z.string().catch("");
const textOrNull = z.string().nullable().catch(null);
const texts = z.array(text).catch([]);

const ingredient = z
  .preprocess(
    (value) => (typeof value === "string" ? { name: value } : value),
    z
      .object({
        quantity: z.number().nullable().catch(null),
        unit: text,
        name: text,
        text: z.unknown().optional(),
      })
      .transform(({ text: written, ...parts }) =>
        typeof written === "string" ? { ...parts, text: written } : parts,
      ),
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
  image: textOrNull,
  source: textOrNull,
  createdAt: text,
  updatedAt: text,
  changedBy: textOrNull,
  changedAt: textOrNull,
});

const entry = z.object({
  day: text,
  meal: text,
  recipeId: z.string().nullable().catch(null),
  title: text,
  servings: z.number().nullable().catch(null),
  note: text,
});

const member = z
  .object({ userId: text, name: text, role: z.enum(["owner", "member"]).catch("member") })
  .catch({ userId: "", name: "", role: "member" });

const household = z.object({
  _id: text,
  name: text,
  members: z.array(member).catch([]),
  aisles: texts,
  staples: texts,
  createdAt: text,
  updatedAt: text,
  changedBy: textOrNull,
  changedAt: textOrNull,
});
