import type { ChangeEvent, Ejson, EventResult } from "../protocol/changeEvent.ts";
import { MEAL_PLANS, mealPlanAccess, mealPlanData } from "../protocol/mealPlanStream.ts";
import { isObjectId } from "../protocol/objectId.ts";
import type { Update } from "../protocol/update.ts";
import { clusterTimeOfToken, formatVersion, versionSeconds, type ClusterTime } from "../protocol/version.ts";
import { wireValue } from "../protocol/wireJson.ts";
import { isDocumentChange, type PostedEvent } from "./schemas/changeEvent.ts";

/** An event that concerns a stream, or why it doesn't. */
export type Reading = { readonly update: Update } | { readonly ignored: NonNullable<EventResult["reason"]> };

/** Reads a posted change event as an update of a meal plan. */
export function toUpdate(event: PostedEvent): Reading {
  if (event.ns.coll !== MEAL_PLANS) return { ignored: "unknown-collection" };
  if (!isDocumentChange(event)) return { ignored: "unknown-operation" };
  const id = wireValue(event.documentKey._id);
  if (typeof id !== "string" || !isObjectId(id)) return { ignored: "invalid-key" };
  const token = event._id._data;
  const time = clusterTimeOf(event.clusterTime) ?? clusterTimeOfToken(token);
  if (!time) return { ignored: "no-cluster-time" };
  const version = formatVersion(time, token);
  return valueOf(event, { id, version, at: momentOf(event.wallTime) ?? versionSeconds(version) * 1000 });
}

function valueOf(event: ChangeEvent, what: Pick<Update, "id" | "version" | "at">): Reading {
  if (event.operationType === "delete") return { update: { ...what, data: null, access: null } };
  const document = event.fullDocument;
  // Projected away, so this says nothing of the document. `null` says that it was gone when Atlas looked it up.
  if (document === undefined) return { ignored: "no-document" };
  if (document === null) return { update: { ...what, data: null, access: null } };
  return { update: { ...what, data: mealPlanData(document), access: mealPlanAccess(document) } };
}

/** Reads `{"$timestamp": {"t": seconds, "i": increment}}`. */
function clusterTimeOf(value: Ejson | undefined): ClusterTime | null {
  const text = value === undefined ? null : wireValue(value);
  const match = typeof text === "string" ? /^(\d{1,10})\.(\d{1,10})$/.exec(text) : null;
  return match ? { seconds: Number(match[1]), increment: Number(match[2]) } : null;
}

function momentOf(value: Ejson | undefined): number | null {
  const text = value === undefined ? null : wireValue(value);
  const moment = typeof text === "string" ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? null : moment;
}
