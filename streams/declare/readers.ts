import type { Ejson, EjsonDocument } from "../../protocol/changeEvent.ts";
import type { Reader } from "../../protocol/reader.ts";
import type { Access, ShareGrant } from "../../protocol/update.ts";
import { wireValue, type WireDocument } from "../../protocol/wireJson.ts";
import { fieldAt } from "./fieldAt.ts";
import type { ReaderRule, Stream } from "./Stream.ts";

/** Everybody, signed in or not. */
export function anyone(): ReaderRule {
  return { by: "anyone", as: "anyone" };
}

/** Everybody who is signed in. */
export function signedIn(): ReaderRule {
  return { by: "session", as: "user" };
}

/** Whoever has a role: a text in the list `roles` of his document in the collection `users`. */
export function role(name: string): ReaderRule {
  return { by: "role", role: name, as: name };
}

/** The users whose ids stand in a field of the item. */
export function members(field: string): ReaderRule {
  return { by: "members", field, as: "member" };
}

/** The members of another stream's document, whose id stands in a field of the item. */
export function membersOf(stream: Stream, field: string): ReaderRule {
  return { by: "membersOf", stream, field, as: "member" };
}

/** Guests with a link whose grant `{_id, tokenHash, expiresAt}` stands in a list of the item. */
export function shareLinks(field: string): ReaderRule {
  return { by: "shareLinks", field, as: "guest" };
}

/** The right to all of a topic's items, from the one document that grants it. */
export type GrantRule = Extract<ReaderRule, { by: "membersOf" }>;

/** The rule by which one document grants the right to a whole topic; `null` where each item has its own rights. */
export function grantOf({ readers }: Stream): GrantRule | null {
  return readers.find((rule) => rule.by === "membersOf") ?? null;
}

/** Whether anybody at all may read, so that nobody need be asked who he is. */
export function isPublic({ readers }: Stream): boolean {
  return readers.every(({ by }) => by === "anyone");
}

/** What a document itself says of who may read it. Anything but ids and links counts for nobody. */
export function accessOf({ readers }: Stream, document: EjsonDocument): Access {
  return {
    memberIds: readers.flatMap((rule) => (rule.by === "members" ? memberIdsAt(document, rule.field) : [])),
    shares: readers.flatMap((rule) => (rule.by === "shareLinks" ? sharesAt(document, rule.field) : [])),
  };
}

/**
 * What kind of reader somebody is to an item, by the first rule that lets him in; `null` when none does.
 * @param access of the item; `null` to ask of the topic as a whole.
 * @param granted the members of the document that grants the topic; `null` while it is not known, or is none.
 * @param now in milliseconds since 1970.
 */
export function kindOf(
  { readers }: Stream,
  reader: Reader,
  access: Access | null,
  granted: readonly string[] | null,
  now: number,
): string | null {
  return readers.find((rule) => admits(rule, reader, access, granted, now))?.as ?? null;
}

function admits(
  rule: ReaderRule,
  reader: Reader,
  access: Access | null,
  granted: readonly string[] | null,
  now: number,
): boolean {
  switch (rule.by) {
    case "anyone":
      return true;
    case "session":
      return reader.kind === "user";
    case "role":
      return reader.kind === "user" && reader.roles.includes(rule.role);
    case "members":
      return reader.kind === "user" && access !== null && access.memberIds.includes(reader.userId);
    case "membersOf":
      return reader.kind === "user" && granted !== null && granted.includes(reader.userId);
    case "shareLinks":
      return reader.kind === "guest" && access !== null && hasLink(access.shares, reader.tokenHash, now);
  }
}

function hasLink(shares: readonly ShareGrant[], tokenHash: string, now: number): boolean {
  const share = shares.find((grant) => grant.tokenHash === tokenHash);
  return share !== undefined && (share.expiresAt === null || Date.parse(share.expiresAt) > now);
}

/** Ids typed by hand as text count as well as ObjectIds. */
function memberIdsAt(document: EjsonDocument, field: string): readonly string[] {
  return listAt(document, field)
    .map(wireValue)
    .filter((id) => typeof id === "string");
}

function sharesAt(document: EjsonDocument, field: string): readonly ShareGrant[] {
  return listAt(document, field)
    .map(shareGrant)
    .filter((share) => share !== null);
}

function shareGrant(value: Ejson): ShareGrant | null {
  const share = wireValue(value);
  if (share === null || typeof share !== "object" || Array.isArray(share)) return null;
  const { _id, tokenHash, expiresAt } = share as WireDocument;
  if (typeof _id !== "string" || typeof tokenHash !== "string") return null;
  return { _id, tokenHash, expiresAt: typeof expiresAt === "string" ? expiresAt : null };
}

function listAt(document: EjsonDocument, field: string): readonly Ejson[] {
  const value = fieldAt(document, field);
  return Array.isArray(value) ? (value as readonly Ejson[]) : [];
}
