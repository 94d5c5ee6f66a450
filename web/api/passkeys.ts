import type { Passkey, User } from "../../protocol/user.ts";
import { list, record, text, textOrNull } from "./reading.ts";
import { nothing, request, type Result } from "./request.ts";
import { readUser } from "./users.ts";

const URL = "/api/users/passkeys";

export function fetchPasskeys(): Promise<Result<readonly Passkey[]>> {
  return request(URL, (value) => list(record(value)["passkeys"]).map(readPasskey));
}

/** What the browser is to make a passkey with, as the server writes it. */
export function fetchCreationOptions(): Promise<Result<unknown>> {
  return request(`${URL}/options`, (value) => value, { method: "POST", body: {} });
}

/** @param response what the browser has made. */
export function addPasskey(name: string, response: unknown): Promise<Result<Passkey>> {
  return request(URL, readPasskey, { method: "POST", body: { name, response } });
}

export function removePasskey(passkeyId: string): Promise<Result<null>> {
  return request(`${URL}/${encodeURIComponent(passkeyId)}`, nothing, { method: "DELETE" });
}

/** What the browser is to ask its passkeys, as the server writes it. */
export function fetchRequestOptions(): Promise<Result<unknown>> {
  return request(`${URL}/sign-in/options`, (value) => value, { method: "POST", body: {} });
}

/** @param response what the passkey has answered. */
export function signInByPasskey(response: unknown): Promise<Result<User>> {
  return request(`${URL}/sign-in`, readUser, { method: "POST", body: { response } });
}

function readPasskey(value: unknown): Passkey {
  const passkey = record(value);
  return {
    _id: text(passkey["_id"]),
    name: text(passkey["name"]) || "A passkey",
    createdAt: text(passkey["createdAt"]),
    lastUsedAt: textOrNull(passkey["lastUsedAt"]),
  };
}
