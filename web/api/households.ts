import type { Household, Member, Role } from "../../protocol/household.ts";
import { list, record, text } from "./reading.ts";
import { nothing, request, type Result } from "./request.ts";

export function fetchHouseholds(): Promise<Result<readonly Household[]>> {
  return request("/api/households", (value) => list(value).map(readHousehold));
}

export function createHousehold(name: string): Promise<Result<Household>> {
  return request("/api/households", readHousehold, { method: "POST", body: { name } });
}

/** @param patch with `was`, what the user saw in the fields that change. */
export function changeHousehold(householdId: string, patch: object, key: string): Promise<Result<Household>> {
  return request(householdUrl(householdId), readHousehold, { method: "PATCH", body: patch, key });
}

export function deleteHousehold(householdId: string): Promise<Result<null>> {
  return request(householdUrl(householdId), nothing, { method: "DELETE" });
}

/** Makes a member an owner, or an owner a member. */
export function changeRole(householdId: string, userId: string, role: Role): Promise<Result<Household>> {
  const url = `${householdUrl(householdId)}/members/${encodeURIComponent(userId)}`;
  return request(url, readHousehold, { method: "PATCH", body: { role } });
}

/** A link by which a member sets a new password. `expiresAt` is ISO 8601. */
export interface VouchLink {
  readonly url: string;
  readonly expiresAt: string;
}

/** Vouches for a member who can't get in. Only this answer tells the link. */
export function vouchFor(householdId: string, userId: string): Promise<Result<VouchLink>> {
  const url = `${householdUrl(householdId)}/members/${encodeURIComponent(userId)}/vouch`;
  return request(url, readVouchLink, { method: "POST", body: {} });
}

/** Removes a member, or leaves. */
export function removeMember(householdId: string, userId: string): Promise<Result<null>> {
  const url = `${householdUrl(householdId)}/members/${encodeURIComponent(userId)}`;
  return request(url, nothing, { method: "DELETE" });
}

/** The address of a household. */
export function householdUrl(householdId: string): string {
  return `/api/households/${encodeURIComponent(householdId)}`;
}

/** Reads a household. Never fails. */
export function readHousehold(value: unknown): Household {
  const household = record(value);
  return {
    _id: text(household["_id"]),
    name: text(household["name"]).trim() || "Unnamed household",
    members: list(household["members"]).map(readMember),
    aisles: list(household["aisles"]).map(text).filter(Boolean),
    staples: list(household["staples"]).map(text).filter(Boolean),
    createdAt: text(household["createdAt"]),
    updatedAt: text(household["updatedAt"]),
  };
}

function readVouchLink(value: unknown): VouchLink {
  const vouch = record(value);
  return { url: text(vouch["url"]), expiresAt: text(vouch["expiresAt"]) };
}

function readMember(value: unknown): Member {
  const member = record(value);
  return {
    userId: text(member["userId"]),
    name: text(member["name"]) || "Somebody",
    role: member["role"] === "owner" ? "owner" : "member",
  };
}
