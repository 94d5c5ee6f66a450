import { RpcTarget } from "cloudflare:workers";
import { type ClientSession, type Document, ObjectId } from "mongodb";

import { type Answer, good, refused } from "../protocol/answer.ts";
import { QUOTAS } from "../protocol/quotas.ts";
import { staysFor } from "../protocol/roles.ts";
import type { PlannerClient, Store } from "./Store.ts";
import { isMember, may, seenBy } from "./householdMembers.ts";
import { changedRole, type RoleWish } from "./changedRole.ts";
import type { HouseholdChange } from "./HouseholdChange.ts";
import { either } from "../durable-objects/database/either.ts";
import { newestPlans } from "./newestPlans.ts";
import { inTransaction, versionOfWrite } from "../durable-objects/database/transactions.ts";
import type { StoredMember } from "./storedDocuments.ts";
import { changesTo, householdOf } from "./wire.ts";
import { TIMED } from "../durable-objects/database/timed.ts";

/**
 * The queries about joining and leaving. They change the `memberIds` of all the household's plans in the same
 * transaction, so that access follows the data.
 */
export class Memberships extends RpcTarget {
  readonly #client: PlannerClient;

  constructor(client: PlannerClient) {
    super();
    this.#client = client;
  }

  /**
   * Joins the household of an invitation. Whoever is a member already stays one and uses nothing up. Refuses
   * `not-found` for an unknown token, `gone` for one that was used or has expired, `limit-reached`.
   */
  accept(
    tokenHash: string,
    user: { readonly userId: string; readonly name: string },
    now: Date,
  ): Promise<Answer<HouseholdChange>> {
    const member: StoredMember = { userId: new ObjectId(user.userId), name: user.name, role: "member" };
    return this.#client.run("memberships.accept", async (store) =>
      this.#write(store, now, (session) => join(store, tokenHash, member, now, session)),
    );
  }

  /** Gives a member another role. Refuses `not-found`, `forbidden`, and `sole-owner` where nobody else owns it. */
  changeRole(wish: RoleWish, now: Date): Promise<Answer<HouseholdChange>> {
    return this.#client.run("memberships.changeRole", async (store) =>
      this.#write(store, now, async (session) => {
        const answer = await changedRole(store, wish, now, session);
        if (!answer.ok) return answer;
        return good({ household: answer.value.household, plans: answer.value.isNew ? [] : null });
      }),
    );
  }

  /**
   * Takes a member out: an owner anybody, a member himself. Refuses `not-found`, `forbidden`, `sole-owner` to the only
   * owner as long as others are there, and `conflict` to the only one left.
   */
  remove(householdId: string, memberId: string, userId: string, now: Date): Promise<Answer<HouseholdChange>> {
    return this.#client.run("memberships.remove", async (store) =>
      this.#write(store, now, (session) => leave(store, { householdId, memberId, userId }, now, session)),
    );
  }

  async #write(
    store: Store,
    now: Date,
    work: (session: ClientSession) => Promise<Answer<Membership>>,
  ): Promise<Answer<HouseholdChange>> {
    return store.client.withSession(async (session) => {
      const version = versionOfWrite(store, session);
      const answer = await inTransaction(session, () => work(session));
      if (!answer.ok) return answer;
      const { household, plans } = answer.value;
      if (plans === null) return good({ household: householdOf(household), changes: [] });
      const changes = [
        // The right first: whoever has just left must not get what comes after.
        ...changesTo("households", [household], version(), now.getTime()),
        ...changesTo("mealPlans", plans, version(), now.getTime()),
      ];
      return good({ household: householdOf(household), changes });
    });
  }
}

/** A household within its transaction. */
interface Membership {
  readonly household: Document;
  /** Those of its changed plans that somebody may be watching; `null` when nothing has changed. */
  readonly plans: readonly Document[] | null;
}

async function join(
  store: Store,
  tokenHash: string,
  member: StoredMember,
  now: Date,
  session: ClientSession,
): Promise<Answer<Membership>> {
  const { households, invites } = store;
  const invite = await invites.findOne({ tokenHash }, { ...TIMED, session });
  if (!invite) return refused("not-found");
  const household = await households.findOne({ _id: invite["householdId"] }, { ...TIMED, session });
  if (!household) return refused("gone", "The household is no more");
  if (isMember(household, member.userId.toString())) return good({ household, plans: null });
  // It may have been made at the very moment at which its maker was taken out.
  if (!isMember(household, String(invite["createdBy"])))
    return refused("gone", "Whoever made this is no member any more");
  const open = { _id: invite._id, usedBy: null, expiresAt: { $gt: now } };
  const used = await invites.updateOne(open, { $set: { usedBy: member.userId } }, { session });
  if (used.matchedCount === 0) return refused("gone");
  const room = { _id: household._id, [`members.${QUOTAS.membersOfHousehold - 1}`]: { $exists: false } };
  const entered: Document = { $push: { members: member }, $set: { updatedAt: now } };
  const joined = await households.findOneAndUpdate(room, entered, { session, returnDocument: "after" });
  if (!joined)
    return refused("limit-reached", `A household has at most ${QUOTAS.membersOfHousehold} members`);
  const change = { $addToSet: { memberIds: member.userId }, $set: { updatedAt: now } };
  return good({ household: joined, plans: await changePlans(store, joined, change, session) });
}

async function leave(
  store: Store,
  who: { readonly householdId: string; readonly memberId: string; readonly userId: string },
  now: Date,
  session: ClientSession,
): Promise<Answer<Membership>> {
  const household = await store.households.findOne(seenBy(who.householdId, who.userId), {
    ...TIMED,
    session,
  });
  if (!household || !isMember(household, who.memberId)) return refused("not-found");
  if (!may(household, who.userId, who.memberId === who.userId ? "leave" : "removeMember"))
    return refused("forbidden", "Only an owner can take others out");
  const reason = staysFor(householdOf(household), who.memberId);
  if (reason === "sole-owner") return refused("sole-owner");
  if (reason) return refused("conflict", "You are the only member: delete the household instead");
  const stay = remaining(household, who.memberId);
  const left = await store.households.findOneAndUpdate(
    { _id: household._id },
    { $set: { members: stay, updatedAt: now } },
    { session, returnDocument: "after" },
  );
  if (!left) return refused("not-found");
  // Whoever made an invitation or a share link has its token, and would be back with it.
  const own = { householdId: household._id, createdBy: new ObjectId(who.memberId), usedBy: null };
  await store.invites.deleteMany(own, { session });
  const change = {
    $pull: { memberIds: either(who.memberId), shares: { createdBy: either(who.memberId) } },
    $set: { updatedAt: now },
  };
  return good({ household: left, plans: await changePlans(store, left, change, session) });
}

async function changePlans(
  { mealPlans }: Store,
  household: Document,
  change: Document,
  session: ClientSession,
): Promise<readonly Document[]> {
  await mealPlans.updateMany({ householdId: household["_id"] }, change, { session });
  return newestPlans(mealPlans, household["_id"], session);
}

/** The members as stored, less one, with an owner among them also where a person has typed in none. */
function remaining(household: Document, memberId: string): readonly Document[] {
  const { members } = householdOf(household);
  const stored = household["members"] as readonly Document[];
  const stay = stored.filter((_, index) => members[index]?.userId !== memberId);
  if (members.some(({ userId, role }) => userId !== memberId && role === "owner")) return stay;
  const [heir, ...others] = stay;
  return heir ? [{ ...heir, role: "owner" }, ...others] : [];
}
