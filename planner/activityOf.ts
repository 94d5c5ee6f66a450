import type { Document } from "mongodb";
import * as z from "zod";

import { ACTIVITY_KINDS, type ActivityLine } from "../protocol/activity.ts";
import { householdOf, wireOf } from "./wire.ts";

const fields = z
  .record(z.string(), z.union([z.string(), z.number(), z.null()]).catch(null))
  .nullable()
  .catch(null);

const line = z.object({
  _id: z.string(),
  at: z.string(),
  by: z.string().nullable().catch(null),
  kind: z.enum(ACTIVITY_KINDS),
  entryId: z.string(),
  title: z.string().catch(""),
  before: fields,
  after: fields,
  cut: z.array(z.string()).catch([]),
});

/** What a plan tells of its edits, the newest first. Lines that make no sense are left out. */
export function activityOf(plan: Document, household: Document | null): readonly ActivityLine[] {
  const lines = wireOf({ activity: plan["activity"] })["activity"];
  if (!Array.isArray(lines)) return [];
  const names = new Map(
    household && householdOf(household).members.map(({ userId, name }) => [userId, name]),
  );
  return lines
    .flatMap((stored) => line.safeParse(stored).data ?? [])
    .filter(({ kind, after }) => kind !== "changed" || Object.keys(after ?? {}).length > 0)
    .map(({ by, ...told }) => ({
      ...told,
      by: by === null ? null : { userId: by, name: names.get(by) ?? null },
    }))
    .toReversed();
}
