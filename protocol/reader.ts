import { mealPlanDataForGuest } from "./mealPlanStream.ts";
import type { Access } from "./update.ts";

/** Somebody who asks to see an item: a user, or a guest who holds a share link. */
export type Reader =
  | { readonly kind: "member"; readonly userId: string }
  | { readonly kind: "guest"; readonly tokenHash: string };

/** Whether a reader may see an item now. `now` in milliseconds since 1970. */
export function mayRead(access: Access, reader: Reader, now: number): boolean {
  if (reader.kind === "member") return access.memberIds.includes(reader.userId);
  const share = access.shares.find((grant) => grant.tokenHash === reader.tokenHash);
  if (!share) return false;
  return share.expiresAt === null || Date.parse(share.expiresAt) > now;
}

/** The item as this kind of reader is shown it, as wire JSON. */
export function dataFor(reader: Reader, data: string): string {
  return reader.kind === "guest" ? mealPlanDataForGuest(data) : data;
}
