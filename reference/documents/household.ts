import * as z from "zod";

import type { Household, Invite } from "../../protocol/household.ts";
import { documentOf } from "./documentOf.ts";
import { id, moment } from "./fields.ts";

const member = z.object({
  userId: id,
  name: z.string(),
  role: z.enum(["owner", "member"]).describe("The owner may take others out, and delete the household."),
});

/** A household and its members. */
export const householdDocument = documentOf<Household>()(
  z.object({
    _id: id,
    name: z.string(),
    members: z.array(member),
    createdAt: moment,
    updatedAt: moment,
    changedBy: id.nullable().exactOptional().describe("Who changed it last with the app."),
    changedAt: moment
      .nullable()
      .exactOptional()
      .describe("When that was. A change by other means leaves both alone."),
  }),
).meta({ id: "Household", description: "A household and its members." });

/** A one-time invitation. */
export const inviteDocument = documentOf<Invite>()(
  z.object({
    token: z.string().describe("Whoever has it may join, once, until it expires."),
    url: z.url().describe("The page that accepts the invitation."),
    expiresAt: moment,
  }),
).meta({ id: "Invite", description: "A one-time invitation. The token is told once, to whoever made it." });
