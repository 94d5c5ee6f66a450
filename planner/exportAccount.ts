import { BSON, type Document, ObjectId } from "mongodb";
import * as z from "zod";

import { TIMED } from "../durable-objects/database/timed.ts";
import { either } from "../durable-objects/database/either.ts";
import { type Answer, good, refused } from "../protocol/answer.ts";
import type { Household } from "../protocol/household.ts";
import type { User } from "../protocol/user.ts";
import { lineOf } from "./lineOf.ts";
import type { Store } from "./Store.ts";
import { userOf } from "./userOf.ts";
import { householdOf, planData, recipeOf, wireOf } from "./wire.ts";

/** An invitation that somebody made. Times are ISO 8601. */
interface OwnInvite {
  readonly _id: string;
  readonly householdId: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly isUsed: boolean;
}

/** What is about an account itself. */
export interface ExportHead {
  readonly user: User;
  readonly households: readonly Household[];
  readonly invitations: readonly OwnInvite[];
}

/** Where a page begins: after a document of a collection, or with its first. */
export interface ExportPlace {
  readonly collection: "mealPlans" | "recipes" | "lists";
  readonly after: string | null;
}

/** Some documents. */
export interface ExportPage {
  /** JSON, of one document each. */
  readonly documents: readonly string[];
  /** The last of them, when more may follow. */
  readonly last: string | null;
}

/** One object can tell another 32 MiB at once, and has to hold it several times to do so. */
const LONGEST_PAGE_BYTES = 2 * 1024 * 1024;

/** More than there can be in the month for which they are kept, of somebody who means well. */
const MAX_INVITES = 1_000;

const storedInvite = z.object({
  _id: z.string(),
  householdId: z.string().catch(""),
  createdAt: z.string().catch(""),
  expiresAt: z.string().catch(""),
  usedBy: z.string().nullable().catch(null),
});

/** What is about an account itself. Refuses `not-found`. */
export async function exportHead(
  { users, households, invites }: Store,
  userId: string,
): Promise<Answer<ExportHead>> {
  const user = await users.findOne({ _id: new ObjectId(userId) }, TIMED);
  if (!user) return refused("not-found");
  const mine = await households
    .find({ "members.userId": either(userId) }, TIMED)
    .sort({ _id: 1 })
    .toArray();
  const made = await invites
    .find({ createdBy: new ObjectId(userId) }, { ...TIMED, projection: { tokenHash: 0 } })
    .sort({ _id: -1 })
    .limit(MAX_INVITES)
    .toArray();
  return good({ user: userOf(user), households: mine.map(householdOf), invitations: made.map(inviteOf) });
}

/** A part of what the user's households have, in the order of their ids. */
export async function exportPage(
  store: Store,
  userId: string,
  { collection, after }: ExportPlace,
): Promise<Answer<ExportPage>> {
  const mine = await store.households
    .find({ "members.userId": either(userId) }, { ...TIMED, projection: { _id: 1 } })
    .toArray();
  const filter: Document = {
    householdId: { $in: mine.map(({ _id }) => _id) },
    // Only these have an address.
    _id: { $type: "objectId", ...(after !== null && { $gt: new ObjectId(after) }) },
  };
  const documents: string[] = [];
  let bytes = 0;
  for await (const document of store[collection].find(filter, TIMED).sort({ _id: 1 })) {
    documents.push(TEXT_OF[collection](document));
    bytes += BSON.calculateObjectSize(document);
    if (bytes > LONGEST_PAGE_BYTES) return good({ documents, last: document._id.toString() });
  }
  return good({ documents, last: null });
}

const TEXT_OF = {
  mealPlans: planData,
  lists: (document) => JSON.stringify(lineOf(document)),
  recipes: (document) => JSON.stringify(recipeOf(document)),
} as const satisfies Readonly<Record<ExportPlace["collection"], (document: Document) => string>>;

function inviteOf(document: Document): OwnInvite {
  const { usedBy, ...invite } = storedInvite.parse(wireOf(document));
  return { ...invite, isUsed: usedBy !== null };
}
