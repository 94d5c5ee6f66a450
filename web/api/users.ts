import type { User } from "../../protocol/user.ts";
import { record, text, textOrNull } from "./reading.ts";
import { nothing, request, type Result } from "./request.ts";

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export interface Registration extends Credentials {
  readonly name: string;
  /** The token of an invitation, where accounts are made by those only. */
  readonly invitation?: string;
}

/** Who is signed in. */
export function fetchMe(): Promise<Result<User>> {
  return request("/api/users/me", readUser);
}

export function logIn(credentials: Credentials): Promise<Result<User>> {
  return request("/api/users/login", readUser, { method: "POST", body: credentials });
}

/** Makes an account and signs in; `null` where the address has to be proved first: a mail is on its way. */
export function register(registration: Registration): Promise<Result<User | null>> {
  return request(
    "/api/users/register",
    (value) => (record(value)["sent"] === true ? null : readUser(value)),
    {
      method: "POST",
      body: registration,
    },
  );
}

export function logOut(): Promise<Result<null>> {
  return request("/api/users/logout", nothing, { method: "POST", body: {} });
}

/** Reads an account. Never fails. */
export function readUser(value: unknown): User {
  const user = record(value);
  const pendingEmail = textOrNull(user["pendingEmail"]);
  return {
    _id: text(user["_id"]),
    email: text(user["email"]),
    name: text(user["name"]),
    ...(typeof user["emailVerified"] === "boolean" && { emailVerified: user["emailVerified"] }),
    ...(pendingEmail !== null && { pendingEmail }),
  };
}
