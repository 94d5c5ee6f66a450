import { list, record, text } from "./reading.ts";
import { nothing, request, type Result } from "./request.ts";

/** Codes by which one gets back in. Only this answer tells them; those from before are good no more. */
export function makeRecoveryCodes(password: string): Promise<Result<readonly string[]>> {
  return request("/api/users/recovery-codes", (value) => list(record(value)["codes"]).map(text), {
    method: "POST",
    body: { password },
  });
}

/** Asks for a mail with a code. @returns whether mail is sent from here at all; not whether there is such an account. */
export function askForMail(email: string): Promise<Result<boolean>> {
  return request("/api/users/recover", (value) => record(value)["mail"] !== false, {
    method: "POST",
    body: { email },
  });
}

/** Sets a new password by a code. Ends all sessions. */
export function recover(email: string, code: string, password: string): Promise<Result<null>> {
  return request("/api/users/recover", nothing, { method: "POST", body: { email, code, password } });
}
