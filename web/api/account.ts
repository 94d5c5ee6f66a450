import type { Session, User } from "../../protocol/user.ts";
import { list, record, text } from "./reading.ts";
import { nothing, request, type Result } from "./request.ts";
import { readUser } from "./users.ts";

/** What somebody changes about themselves; the password shows that it is they. */
export interface ProfileChange {
  readonly name?: string;
  readonly email?: string;
  readonly password: string;
}

/** How an account goes. `households`: what becomes of those that nobody else owns and where others are. */
export interface AccountRemoval {
  readonly password: string;
  readonly households?: "delete" | "hand-over";
}

export function changeProfile(change: ProfileChange): Promise<Result<User>> {
  return request("/api/users/me", readUser, { method: "PATCH", body: change });
}

/** Proves an address by the token that was sent there. @returns the address. */
export function verifyEmail(token: string): Promise<Result<string>> {
  return request("/api/users/verify", (value) => text(record(value)["email"]), {
    method: "POST",
    body: { token },
  });
}

/** Ends all other sessions as well. */
export function changePassword(current: string, next: string): Promise<Result<null>> {
  return request("/api/users/password", nothing, { method: "POST", body: { current, next } });
}

export function deleteAccount(removal: AccountRemoval): Promise<Result<null>> {
  return request("/api/users/me", nothing, { method: "DELETE", body: removal });
}

/** Where somebody is signed in. */
export function fetchSessions(): Promise<Result<readonly Session[]>> {
  return request("/api/users/sessions", (value) => list(record(value)["sessions"]).map(readSession));
}

export function endSession(sessionId: string): Promise<Result<null>> {
  return request(`/api/users/sessions/${encodeURIComponent(sessionId)}`, nothing, { method: "DELETE" });
}

/** Ends all sessions but the one that asks. */
export function endOtherSessions(): Promise<Result<null>> {
  return request("/api/users/sessions", nothing, { method: "DELETE" });
}

function readSession(value: unknown): Session {
  const session = record(value);
  return {
    _id: text(session["_id"]),
    createdAt: text(session["createdAt"]),
    lastSeenAt: text(session["lastSeenAt"]),
    device: text(session["device"]),
    isThisOne: session["isThisOne"] === true,
  };
}
