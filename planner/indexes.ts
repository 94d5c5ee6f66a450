import type { IndexDescription } from "mongodb";

import { createMissing } from "../durable-objects/database/streamIndexes.ts";
import type { Collections } from "./collections.ts";

const DAY_SECONDS = 86_400;

const INDEXES: Readonly<Record<keyof Collections, IndexDescription[]>> = {
  users: [{ key: { email: 1 }, name: "email", unique: true }],
  recipes: [{ key: { householdId: 1, image: 1 }, name: "household-image" }],
  // By household as their stream needs it.
  lists: [],
  goneLines: [
    { key: { householdId: 1, keys: 1 }, name: "household-keys" },
    { key: { householdId: 1, "shares.planId": 1 }, name: "household-plan" },
    { key: { householdId: 1, "line._id": 1 }, name: "household-line" },
    { key: { expiresAt: 1 }, name: "expired", expireAfterSeconds: 0 },
  ],
  households: [{ key: { "members.userId": 1 }, name: "member" }],
  mealPlans: [{ key: { householdId: 1, week: 1 }, name: "household-week", unique: true }],
  calendars: [{ key: { householdId: 1, tokenHash: 1 }, name: "household-token", unique: true }],
  passkeys: [
    { key: { credentialId: 1 }, name: "credential", unique: true },
    { key: { userId: 1 }, name: "user" },
  ],
  emailTokens: [
    { key: { tokenHash: 1 }, name: "token", unique: true },
    { key: { userId: 1 }, name: "user" },
    { key: { expiresAt: 1 }, name: "expired", expireAfterSeconds: 0 },
  ],
  invites: [
    { key: { tokenHash: 1 }, name: "token", unique: true },
    // Kept a month longer than they last, so that a late guest is told "expired" and not "unknown".
    { key: { expiresAt: 1 }, name: "expired", expireAfterSeconds: 30 * DAY_SECONDS },
  ],
};

/** Makes the indexes that are missing. Making one that is there does nothing. */
export async function ensureIndexes(collections: Collections): Promise<void> {
  const names = Object.keys(INDEXES) as (keyof Collections)[];
  const wanted = names.filter((name) => INDEXES[name].length > 0);
  await Promise.all(wanted.map((name) => createMissing(collections[name], INDEXES[name])));
}
