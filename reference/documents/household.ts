import * as z from "zod";

import type { Household, Invite, InvitePreview, ListedInvite, Vouch } from "../../protocol/household.ts";
import { documentOf } from "./documentOf.ts";
import { id, moment } from "./fields.ts";

const member = z.object({
  userId: id,
  name: z.string(),
  role: z
    .enum(["owner", "member"])
    .describe("An owner may also rename and delete the household, give roles, and take others out."),
});

/** A household and its members. */
export const householdDocument = documentOf<Household>()(
  z.object({
    _id: id,
    name: z.string(),
    members: z.array(member),
    aisles: z
      .array(z.string())
      .exactOptional()
      .describe("The aisles of its shop in the order in which they are walked."),
    staples: z.array(z.string()).exactOptional().describe("What is always in the pantry."),
    createdAt: moment,
    updatedAt: moment,
    changedBy: id.nullable().exactOptional().describe("Who changed it last with the app."),
    changedAt: moment
      .nullable()
      .exactOptional()
      .describe("When that was. A change by other means leaves both alone."),
  }),
).meta({ id: "Household", description: "A household and its members." });

/** A household that needs its only owner. */
export const ownedHouseholdDocument = z.object({ _id: id, name: z.string(), members: z.array(member) });

const inviteKind = z
  .enum(["once", "day"])
  .describe("`once`: for one person. `day`: for whoever has it, for a day.");

/** A new invitation. */
export const inviteDocument = documentOf<Invite>()(
  z.object({
    kind: inviteKind,
    token: z.string().describe("Whoever has it may join until it expires."),
    url: z.url().describe("The page that accepts the invitation."),
    expiresAt: moment,
  }),
).meta({ id: "Invite", description: "A new invitation. The token is told once, to whoever made it." });

const person = z.object({ userId: z.string(), name: z.string() });

/** A household's invitations. */
export const invitesDocument = z.object({
  invites: z.array(
    documentOf<ListedInvite>()(
      z.object({
        _id: id,
        createdBy: person,
        createdAt: moment,
        expiresAt: moment,
        kind: inviteKind,
        usedBy: person.nullable().describe("Who used it up by joining, `null` as long as it may be used."),
        joined: z.array(person).describe("Everybody who joined by it."),
      }),
    ).meta({ id: "ListedInvite", description: "An invitation, without what would let somebody use it." }),
  ),
});

/** What an invitation is to. */
export const invitePreviewDocument = documentOf<InvitePreview>()(
  z.object({
    household: z.object({ name: z.string() }),
    inviter: z.object({ name: z.string() }),
    expiresAt: moment,
  }),
).meta({ id: "InvitePreview", description: "What an invitation is to, for whoever holds its token." });

/** What an owner gives to a member who can't sign in. */
export const vouchDocument = documentOf<Vouch>()(
  z.object({
    code: z.string().describe("Good once."),
    url: z.url().describe("The page that takes the code, with the code in its fragment."),
    expiresAt: moment,
  }),
).meta({ id: "Vouch", description: "What an owner gives to a member who can't sign in. It is told once." });
