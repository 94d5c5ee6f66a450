import type { Collection, Document, IndexDescription } from "mongodb";

import { describeError, log } from "../protocol/log.ts";
import type { Collections } from "./collections.ts";
import { isUnavailable } from "../durable-objects/database/databaseErrors.ts";

const DAY_SECONDS = 86_400;

const INDEXES: Readonly<Record<keyof Collections, IndexDescription[]>> = {
  users: [{ key: { email: 1 }, name: "email", unique: true }],
  recipes: [{ key: { householdId: 1 }, name: "household" }],
  households: [{ key: { "members.userId": 1 }, name: "member" }],
  mealPlans: [{ key: { householdId: 1, week: 1 }, name: "household-week", unique: true }],
  invites: [
    { key: { tokenHash: 1 }, name: "token", unique: true },
    // Kept a month longer than they last, so that a late guest is told "expired" and not "unknown".
    { key: { expiresAt: 1 }, name: "expired", expireAfterSeconds: 30 * DAY_SECONDS },
  ],
};

/** Makes the indexes that are missing. Making one that is there does nothing. */
export async function ensureIndexes(collections: Collections): Promise<void> {
  const names = Object.keys(INDEXES) as (keyof Collections)[];
  await Promise.all(names.map((name) => createMissing(collections[name], INDEXES[name])));
}

/**
 * Documents typed by hand can stand in the way of a unique index, and another version of the app can have made an
 * index of that name. The app then runs without it, and the operator reads why.
 */
async function createMissing(collection: Collection<Document>, indexes: IndexDescription[]): Promise<void> {
  try {
    await collection.createIndexes(indexes);
  } catch (error) {
    if (isUnavailable(error)) throw error;
    log("error", "index-not-made", { collection: collection.collectionName, ...describeError(error) });
  }
}
