import type { User } from "../../protocol/user.ts";
import { deleteAccount, type AccountRemoval } from "../api/account.ts";
import { signInByPasskey } from "../api/passkeys.ts";
import type { Result } from "../api/request.ts";
import { enterBy, leaveBy } from "../store/session.ts";

/** @param passkeyAnswer what a passkey of this browser has signed. */
export function signInWith(passkeyAnswer: unknown): Promise<Result<User>> {
  return enterBy(() => signInByPasskey(passkeyAnswer));
}

/** Deletes the account, and ends its page as signing out does. */
export function removeAccount(removal: AccountRemoval): Promise<Result<null>> {
  return leaveBy(() => deleteAccount(removal));
}
