import type { Ejson, EjsonDocument } from "./changeEvent.ts";
import type { Access, ShareGrant } from "./update.ts";
import { wireDocument, wireValue, type WireDocument, type WireValue } from "./wireJson.ts";

/** The name of the stream and of its collection. */
export const MEAL_PLANS = "mealplans";

/** The name of a plan's topic, and so of its hub. */
export function mealPlanTopic(planId: string): string {
  return `${MEAL_PLANS}/${planId}`;
}

/** The plan as members get it: what the database holds, less the share links. */
export function mealPlanData(document: EjsonDocument): string {
  const { shares: _, ...shown } = wireDocument(document);
  return JSON.stringify(shown);
}

/** Who may see the plan. Ids typed by hand as text count as well as ObjectIds; anything else counts for nobody. */
export function mealPlanAccess(document: EjsonDocument): Access {
  return {
    memberIds: list(document["memberIds"])
      .map(wireValue)
      .filter((id) => typeof id === "string"),
    shares: list(document["shares"])
      .map(shareGrant)
      .filter((share) => share !== null),
  };
}

/** The plan as a guest of a share link gets it: without its members and without who did what. */
export function mealPlanDataForGuest(data: string): string {
  const { memberIds: _, ...shown } = JSON.parse(data) as WireDocument;
  const entries = shown["entries"];
  if (!Array.isArray(entries)) return JSON.stringify(shown);
  return JSON.stringify({ ...shown, entries: entries.map(withoutAuthor) });
}

function withoutAuthor(entry: WireValue): WireValue {
  if (entry === null || typeof entry !== "object" || Array.isArray(entry)) return entry;
  const { addedBy: _, ...shown } = entry as WireDocument;
  return shown;
}

function shareGrant(value: Ejson): ShareGrant | null {
  const share = wireValue(value);
  if (share === null || typeof share !== "object" || Array.isArray(share)) return null;
  const { _id, tokenHash, expiresAt } = share as WireDocument;
  if (typeof _id !== "string" || typeof tokenHash !== "string") return null;
  return { _id, tokenHash, expiresAt: typeof expiresAt === "string" ? expiresAt : null };
}

function list(value: Ejson | undefined): readonly Ejson[] {
  return Array.isArray(value) ? (value as readonly Ejson[]) : [];
}
