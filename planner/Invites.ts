import { RpcTarget } from "cloudflare:workers";
import { type Document, ObjectId } from "mongodb";
import * as z from "zod";

import { type Answer, good, refused } from "../protocol/answer.ts";
import type { InviteKind, InvitePreview, ListedInvite } from "../protocol/household.ts";
import { isObjectId } from "../protocol/objectId.ts";
import { QUOTAS } from "../protocol/quotas.ts";
import { isMember, may, seenBy } from "./householdMembers.ts";
import type { StoredInvite } from "./storedDocuments.ts";
import type { PlannerClient, Store } from "./Store.ts";
import { householdOf, wireOf } from "./wire.ts";
import { TIMED } from "../durable-objects/database/timed.ts";

/** An invitation to keep: whoever has the token of this hash may join until it expires. */
export interface NewInvite {
  /** SHA-256 in hex. */
  readonly tokenHash: string;
  readonly expiresAt: Date;
  readonly kind: InviteKind;
}

/** More than there can be in the month for which they are kept, of people who mean well. */
const MAX_LISTED = 200;

const storedInvite = z.object({
  _id: z.string(),
  createdBy: z.string().catch(""),
  createdAt: z.string().catch(""),
  expiresAt: z.string().catch(""),
  kind: z.enum(["once", "day"]).catch("once"),
  usedBy: z.string().nullable().catch(null),
  joinedBy: z.array(z.string()).catch([]),
});

/** The queries about invitations to a household: making, listing, looking at and revoking them. */
export class Invites extends RpcTarget {
  readonly #client: PlannerClient;

  constructor(client: PlannerClient) {
    super();
    this.#client = client;
  }

  /** Keeps an invitation. Refuses `not-found`, `forbidden`, `limit-reached`. */
  add(householdId: string, invite: NewInvite, userId: string, now: Date): Promise<Answer<null>> {
    return this.#client.run("invites.add", async (store) => {
      const household = await store.households.findOne(seenBy(householdId, userId), TIMED);
      if (!household) return refused("not-found");
      if (!may(household, userId, "invite"))
        return refused("forbidden", "You can't invite to this household");
      const document: StoredInvite = {
        _id: new ObjectId(),
        householdId: household._id,
        ...invite,
        createdBy: new ObjectId(userId),
        createdAt: now,
        usedBy: null,
      };
      await store.invites.insertOne(document);
      const limit = await limitOver(store, document, now);
      if (limit === null) return good(null);
      await store.invites.deleteOne({ _id: document._id });
      return refused("limit-reached", limit);
    });
  }

  /** The household's invitations, the newest first: open, used and expired ones. Refuses `not-found`. */
  list(householdId: string, userId: string): Promise<Answer<readonly ListedInvite[]>> {
    return this.#client.run("invites.list", async (store) => {
      const household = await store.households.findOne(seenBy(householdId, userId), TIMED);
      if (!household) return refused("not-found");
      const found = await store.invites
        .find({ householdId: household._id }, { ...TIMED, projection: { tokenHash: 0 } })
        .sort({ _id: -1 })
        .limit(MAX_LISTED)
        .toArray();
      const names = await namesOf(store, household, found);
      return good(found.map((document) => listed(document, names)));
    });
  }

  /** Who invites whom to what, for whoever has the token. Refuses `not-found`, and `gone` when it is not good any more. */
  preview(tokenHash: string, now: Date): Promise<Answer<InvitePreview>> {
    return this.#client.run("invites.preview", async ({ households, invites }) => {
      const invite = await invites.findOne({ tokenHash }, TIMED);
      if (!invite) return refused("not-found");
      const { createdBy, expiresAt, usedBy } = storedInvite.parse(wireOf(invite));
      const document = await households.findOne({ _id: invite["householdId"] }, TIMED);
      const household = document && householdOf(document);
      const inviter = household?.members.find((member) => member.userId === createdBy);
      const isOpen = usedBy === null && Date.parse(expiresAt) > now.getTime();
      if (!household || !inviter || !isOpen) return refused("gone");
      return good({ household: { name: household.name }, inviter: { name: inviter.name }, expiresAt });
    });
  }

  /** Revokes an invitation: its maker or an owner. Refuses `not-found`, `forbidden`. */
  revoke(householdId: string, inviteId: string, userId: string): Promise<Answer<null>> {
    return this.#client.run("invites.revoke", async ({ households, invites }) => {
      const household = await households.findOne(seenBy(householdId, userId), TIMED);
      const own = { _id: new ObjectId(inviteId), householdId: new ObjectId(householdId) };
      const invite = household && (await invites.findOne(own, TIMED));
      if (!household || !invite) return refused("not-found");
      const isMaker = storedInvite.parse(wireOf(invite)).createdBy === userId;
      if (!may(household, userId, isMaker ? "revokeOwnInvite" : "revokeInviteOfOthers"))
        return refused("forbidden", "Only an owner revokes others' invitations");
      await invites.deleteOne(own);
      return good(null);
    });
  }
}

/** What an invitation is one too many for, or `null`. Asked after it is kept: of two at a time neither overlooks the other. */
async function limitOver({ invites }: Store, invite: StoredInvite, now: Date): Promise<string | null> {
  const { openInvitesOfHousehold: most, openInvitesOfMember: share } = QUOTAS;
  const open = { householdId: invite.householdId, usedBy: null, expiresAt: { $gt: now } };
  const all = await invites.countDocuments(open, { ...TIMED, limit: most + 1 });
  if (all > most) return `At most ${most} open invitations`;
  const own = { ...open, createdBy: invite.createdBy };
  const mine = await invites.countDocuments(own, { ...TIMED, limit: share + 1 });
  return mine > share ? `At most ${share} open invitations of yours` : null;
}

/** The names of those who made and used invitations: of members as the household has them, of others as their account. */
async function namesOf(
  { users }: Store,
  household: Document,
  invites: readonly Document[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map(householdOf(household).members.map(({ userId, name }) => [userId, name]));
  const people = invites.map((invite) => storedInvite.parse(wireOf(invite)));
  const ids = people.flatMap(({ createdBy, usedBy, joinedBy }) => [createdBy, usedBy ?? "", ...joinedBy]);
  const strangers = [...new Set(ids)].filter((id) => isObjectId(id) && !isMember(household, id));
  if (strangers.length === 0) return names;
  const found = await users.find({ _id: { $in: strangers.map((id) => new ObjectId(id)) } }, TIMED).toArray();
  for (const user of found) names.set(user._id.toString(), String(user["name"] ?? ""));
  return names;
}

function listed(document: Document, names: ReadonlyMap<string, string>): ListedInvite {
  const { createdBy, usedBy, joinedBy, ...invite } = storedInvite.parse(wireOf(document));
  const person = (userId: string) => ({ userId, name: names.get(userId) ?? "" });
  const user = usedBy === null ? null : person(usedBy);
  return {
    ...invite,
    createdBy: person(createdBy),
    usedBy: user,
    joined: user ? [user] : joinedBy.map(person),
  };
}
