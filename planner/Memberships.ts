import { RpcTarget } from "cloudflare:workers";
import { type ClientSession, type Document, ObjectId } from "mongodb";

import { type Answer, good, refused } from "../protocol/answer.ts";
import { QUOTAS } from "../protocol/quotas.ts";
import { staysFor } from "../protocol/roles.ts";
import type { PlannerClient, Store } from "./Store.ts";
import { isMember, may, seenBy } from "./householdMembers.ts";
import { changedRole, type RoleWish } from "./changedRole.ts";
import type { HouseholdChange } from "./HouseholdChange.ts";
import { changePlans } from "./changePlans.ts";
import { countMembership, nameOfAccount } from "./countMembership.ts";
import { type Membership, takeOut } from "./takeOut.ts";
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
   * `not-found` for an unknown token, `gone` for one that was used or has expired, `limit-reached`, `signed-out`.
   */
  accept(tokenHash: string, userId: string, now: Date): Promise<Answer<HouseholdChange>> {
    return this.#client.run("memberships.accept", async (store) =>
      this.#write(store, now, (session) => join(store, tokenHash, userId, now, session)),
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

async function join(
  store: Store,
  tokenHash: string,
  userId: string,
  now: Date,
  session: ClientSession,
): Promise<Answer<Membership>> {
  const { households, invites } = store;
  const invite = await invites.findOne({ tokenHash }, { ...TIMED, session });
  if (!invite) return refused("not-found");
  const household = await households.findOne({ _id: invite["householdId"] }, { ...TIMED, session });
  if (!household) return refused("gone", "The household is no more");
  if (isMember(household, userId)) return good({ household, plans: null });
  // It may have been made at the very moment at which its maker was taken out.
  if (!isMember(household, String(invite["createdBy"])))
    return refused("gone", "Whoever made this is no member any more");
  const open = { _id: invite._id, usedBy: null, expiresAt: { $gt: now } };
  const joins = invite["kind"] === "day" ? "$addToSet" : "$set";
  const field = invite["kind"] === "day" ? "joinedBy" : "usedBy";
  const used = await invites.updateOne(open, { [joins]: { [field]: new ObjectId(userId) } }, { session });
  if (used.matchedCount === 0) return refused("gone");
  const name = await nameOfAccount(store, userId, session);
  if (!name.ok) return name;
  const member: StoredMember = { userId: new ObjectId(userId), name: name.value, role: "member" };
  const room = { _id: household._id, [`members.${QUOTAS.membersOfHousehold - 1}`]: { $exists: false } };
  const entered: Document = { $push: { members: member }, $set: { updatedAt: now } };
  const joined = await households.findOneAndUpdate(room, entered, { session, returnDocument: "after" });
  if (!joined)
    return refused("limit-reached", `A household has at most ${QUOTAS.membersOfHousehold} members`);
  const change = { $addToSet: { memberIds: member.userId }, $set: { updatedAt: now } };
  const plans = await changePlans(store, joined, change, now, session);
  await countMembership(store, userId, session);
  return good({ household: joined, plans });
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
  const left = await takeOut(store, household, who.memberId, now, session);
  return left ? good(left) : refused("not-found");
}
