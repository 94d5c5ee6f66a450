import { isObjectId } from "../../protocol/objectId.ts";
import type { Change } from "../../protocol/change.ts";
import type { Reader } from "../../protocol/reader.ts";
import { wireValue } from "../../protocol/wireJson.ts";
import type { Stream } from "./Stream.ts";

/** Where the roles of users stand: a list of texts. */
export const ROLES = { collection: "users", field: "roles" } as const;

/** The roles that a user has. */
export interface UserRoles {
  readonly userId: string;
  readonly roles: readonly string[];
}

/** Whether it matters to a stream which roles its readers have. */
export function asksForRoles({ readers }: Pick<Stream, "readers">): boolean {
  return readers.some(({ by }) => by === "role");
}

/**
 * Which of the roles that a stream asks for a reader has, as letters and digits: alike for all who have the same, and
 * empty for none.
 */
export function roleMark({ readers }: Pick<Stream, "readers">, reader: Reader): string {
  if (reader.kind !== "user" || reader.roles.length === 0) return "";
  const held = readers.filter((rule) => rule.by === "role" && reader.roles.includes(rule.role));
  return held.map((rule) => readers.indexOf(rule).toString(36)).join("");
}

/** The roles in a user's document, as the driver or Extended JSON has it. Anything but text counts for none. */
export function rolesIn(user: Readonly<Record<string, unknown>>): readonly string[] {
  const roles = user[ROLES.field];
  return Array.isArray(roles) ? roles.filter((role) => typeof role === "string") : [];
}

/** The roles that a change leaves a user with; `null` for a change of something else. */
export function changedRoles({ collection, key, document }: Change): UserRoles | null {
  if (collection !== ROLES.collection) return null;
  const userId = wireValue(key);
  if (typeof userId !== "string" || !isObjectId(userId)) return null;
  return { userId, roles: document ? rolesIn(document) : [] };
}
