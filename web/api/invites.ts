import type { Household, Invite, InviteKind, InvitePreview, ListedInvite } from "../../protocol/household.ts";
import { householdUrl, readHousehold } from "./households.ts";
import { list, record, text } from "./reading.ts";
import { nothing, request, type Result } from "./request.ts";

/** Makes a link by which one person may join, or whoever has it for a day. */
export function createInvite(householdId: string, kind: InviteKind): Promise<Result<Invite>> {
  return request(`${householdUrl(householdId)}/invites`, readInvite, { method: "POST", body: { kind } });
}

/** The household's invitations, the newest first. */
export function fetchInvites(householdId: string): Promise<Result<readonly ListedInvite[]>> {
  const url = `${householdUrl(householdId)}/invites`;
  return request(url, (value) => list(record(value)["invites"]).map(readListedInvite));
}

/** Nobody joins by it any more. */
export function revokeInvite(householdId: string, inviteId: string): Promise<Result<null>> {
  const url = `${householdUrl(householdId)}/invites/${encodeURIComponent(inviteId)}`;
  return request(url, nothing, { method: "DELETE" });
}

/** Who invites to what. */
export function previewInvite(token: string): Promise<Result<InvitePreview>> {
  return request("/api/invites/preview", readPreview, { method: "POST", body: { token } });
}

/** Joins the household of an invitation. */
export function acceptInvite(token: string): Promise<Result<Household>> {
  return request("/api/invites/accept", readHousehold, { method: "POST", body: { token } });
}

function readInvite(value: unknown): Invite {
  const invite = record(value);
  return {
    kind: readKind(invite["kind"]),
    token: text(invite["token"]),
    url: text(invite["url"]),
    expiresAt: text(invite["expiresAt"]),
  };
}

function readListedInvite(value: unknown): ListedInvite {
  const invite = record(value);
  return {
    _id: text(invite["_id"]),
    createdBy: readPerson(invite["createdBy"]),
    createdAt: text(invite["createdAt"]),
    expiresAt: text(invite["expiresAt"]),
    kind: readKind(invite["kind"]),
    usedBy: invite["usedBy"] ? readPerson(invite["usedBy"]) : null,
    joined: list(invite["joined"]).map(readPerson),
  };
}

function readKind(value: unknown): InviteKind {
  return value === "day" ? "day" : "once";
}

function readPreview(value: unknown): InvitePreview {
  const preview = record(value);
  return {
    household: { name: text(record(preview["household"])["name"]) || "a household" },
    inviter: { name: text(record(preview["inviter"])["name"]) || "Somebody" },
    expiresAt: text(preview["expiresAt"]),
  };
}

function readPerson(value: unknown): ListedInvite["createdBy"] {
  const person = record(value);
  return { userId: text(person["userId"]), name: text(person["name"]) || "Somebody" };
}
