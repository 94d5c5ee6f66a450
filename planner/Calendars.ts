import { RpcTarget } from "cloudflare:workers";
import { type Document, ObjectId } from "mongodb";
import * as z from "zod";

import { TIMED } from "../durable-objects/database/timed.ts";
import { type Answer, good, refused } from "../protocol/answer.ts";
import type { Calendar } from "../protocol/calendar.ts";
import { isObjectId } from "../protocol/objectId.ts";
import { QUOTAS } from "../protocol/quotas.ts";
import { weekAfter, weekOf } from "../protocol/week.ts";
import { seenBy } from "./householdMembers.ts";
import type { PlannerClient, Store } from "./Store.ts";
import type { StoredCalendar } from "./storedDocuments.ts";
import { entryOf, householdOf, wireOf } from "./wire.ts";

/** The meals of a household, as far as calendars show them. */
export interface HouseholdMeals {
  readonly household: { readonly name: string };
  readonly plans: readonly PlannedWeek[];
}

/** A week's dishes. What a person typed differently is read as far as it makes sense. */
export interface PlannedWeek {
  readonly _id: string;
  readonly week: string;
  /** ISO 8601. */
  readonly updatedAt: string;
  readonly entries: readonly (ReturnType<typeof entryOf> & { readonly _id: string })[];
}

/** A calendar shows what was eaten of late, and all that can be planned: a year. */
const WEEKS = { before: -5, after: 53 } as const;

const storedCalendar = z.object({
  _id: z.string(),
  createdBy: z.string().catch(""),
  createdAt: z.string().catch(""),
});

const storedPlan = z.object({
  _id: z.string(),
  week: z.string(),
  updatedAt: z.iso.datetime().catch(new Date(0).toISOString()),
});

const entryId = z.object({ _id: z.string() });

/** The queries about the addresses at which calendar apps read a household's meals. */
export class Calendars extends RpcTarget {
  readonly #client: PlannerClient;

  constructor(client: PlannerClient) {
    super();
    this.#client = client;
  }

  /**
   * Keeps an address: whoever has the token reads the meals. Refuses `not-found`, `limit-reached`.
   * @param tokenHash SHA-256 in hex.
   */
  add(
    householdId: string,
    tokenHash: string,
    userId: string,
    now: Date,
  ): Promise<Answer<{ readonly _id: string }>> {
    return this.#client.run("calendars.add", async (store) => {
      if (!(await sees(store, householdId, userId))) return refused("not-found");
      const document: StoredCalendar = {
        _id: new ObjectId(),
        householdId: new ObjectId(householdId),
        tokenHash,
        createdBy: new ObjectId(userId),
        createdAt: now,
      };
      await store.calendars.insertOne(document);
      const most = QUOTAS.calendarsOfHousehold;
      const own = { householdId: document.householdId };
      // Asked after it is kept: of two at a time neither overlooks the other.
      const all = await store.calendars.countDocuments(own, { ...TIMED, limit: most + 1 });
      if (all <= most) return good({ _id: document._id.toHexString() });
      await store.calendars.deleteOne({ _id: document._id });
      return refused("limit-reached", `At most ${most} calendars`);
    });
  }

  /** The addresses of a household, the oldest first. Refuses `not-found`. */
  list(householdId: string, userId: string): Promise<Answer<readonly Calendar[]>> {
    return this.#client.run("calendars.list", async (store) => {
      const household = await store.households.findOne(seenBy(householdId, userId), TIMED);
      if (!household) return refused("not-found");
      const found = await store.calendars
        .find({ householdId: household._id }, { ...TIMED, projection: { tokenHash: 0 } })
        .sort({ _id: 1 })
        .limit(QUOTAS.calendarsOfHousehold)
        .toArray();
      const names = new Map(householdOf(household).members.map(({ userId: id, name }) => [id, name]));
      return good(found.map((document) => listed(document, names)));
    });
  }

  /** Ends an address. Refuses `not-found`. */
  remove(householdId: string, calendarId: string, userId: string): Promise<Answer<null>> {
    return this.#client.run("calendars.remove", async (store) => {
      if (!(await sees(store, householdId, userId))) return refused("not-found");
      const own = { _id: new ObjectId(calendarId), householdId: new ObjectId(householdId) };
      const { deletedCount } = await store.calendars.deleteOne(own);
      return deletedCount > 0 ? good(null) : refused("not-found");
    });
  }

  /** The meals that an address shows, as long as whoever made it is a member. Refuses `not-found`. */
  meals(householdId: string, tokenHash: string, now: Date): Promise<Answer<HouseholdMeals>> {
    return this.#client.run("calendars.meals", async (store) => {
      const own = { householdId: new ObjectId(householdId), tokenHash };
      const calendar = await store.calendars.findOne(own, TIMED);
      if (!calendar) return refused("not-found");
      const { createdBy } = storedCalendar.parse(wireOf(calendar));
      const household = isObjectId(createdBy)
        ? await store.households.findOne(seenBy(householdId, createdBy), TIMED)
        : null;
      if (!household) return refused("not-found");
      const plans = await plansToShow(store, household._id, now);
      return good({ household: { name: householdOf(household).name }, plans });
    });
  }
}

async function sees({ households }: Store, householdId: string, userId: string): Promise<boolean> {
  const seen = seenBy(householdId, userId);
  return (await households.findOne(seen, { ...TIMED, projection: { _id: 1 } })) !== null;
}

async function plansToShow(
  { mealPlans }: Store,
  householdId: ObjectId,
  now: Date,
): Promise<readonly PlannedWeek[]> {
  const week = weekOf(now);
  const within = { $gte: weekAfter(week, WEEKS.before), $lte: weekAfter(week, WEEKS.after) };
  const found = await mealPlans
    .find({ householdId, week: within }, { ...TIMED, projection: { week: 1, updatedAt: 1, entries: 1 } })
    .sort({ week: 1 })
    .toArray();
  return found.map(planned);
}

function planned(plan: Document): PlannedWeek {
  const entries: unknown = plan["entries"];
  const list = Array.isArray(entries) ? (entries as readonly unknown[]) : [];
  return { ...storedPlan.parse(wireOf(plan)), entries: list.flatMap((entry) => dish(entry) ?? []) };
}

/** `null` for what is no dish. */
function dish(entry: unknown): PlannedWeek["entries"][number] | null {
  if (entry === null || typeof entry !== "object") return null;
  const id = entryId.safeParse(wireOf(entry));
  return id.success ? { ...entryOf(entry), ...id.data } : null;
}

function listed(document: Document, names: ReadonlyMap<string, string>): Calendar {
  const { createdBy, ...calendar } = storedCalendar.parse(wireOf(document));
  return { ...calendar, createdBy: { userId: createdBy, name: names.get(createdBy) ?? "" } };
}
