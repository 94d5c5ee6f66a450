import { type Document, ObjectId } from "mongodb";
import * as z from "zod";

import type { MadeLine, Share } from "../kitchen/mergeNeeds.ts";
import { isObjectId } from "../protocol/objectId.ts";
import type { StoredLineShare } from "./storedDocuments.ts";
import { wireOf } from "./wire.ts";

const share = z.object({
  planId: z.string().refine(isObjectId),
  name: z.string(),
  parts: z.array(z.object({ unit: z.string(), grains: z.number() })),
  dishes: z.array(z.string()),
});

const madeLine = z.object({
  _id: z.string().refine(isObjectId),
  key: z.string(),
  shares: z.array(share),
  done: z.boolean().catch(false),
  isHandWritten: z.boolean().catch(false),
});

/** A line that was made from plans; `null` for one that somebody wrote himself, by whatever means. */
export function madeLineOf(document: Document): MadeLine | null {
  const parsed = madeLine.safeParse(wireOf(document));
  if (!parsed.success || parsed.data.shares.length === 0) return null;
  const { _id, key, shares, done, isHandWritten } = parsed.data;
  return { id: _id, key, isFixed: done || isHandWritten, shares: shares.map(shareOf) };
}

/** What a plan asks for, as it is stored. */
export function storedShare({ planId, name, total, dishes }: Share): StoredLineShare {
  const parts = [...total].toSorted().map(([unit, grains]) => ({ unit, grains }));
  return { planId: new ObjectId(planId), name, parts, dishes };
}

function shareOf({ parts, ...others }: z.output<typeof share>): Share {
  return { ...others, total: new Map(parts.map(({ unit, grains }) => [unit, grains])) };
}
