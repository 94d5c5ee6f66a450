const PLACE = "mealcast-invitation";

/** Where the browser keeps nothing, the page at least knows it until it is left. */
let remembered: string | null = null;

/** Keeps the token of an invitation in this tab: whoever makes an account first finds back to it. */
export function keepInvitation(token: string): void {
  remembered = token;
  try {
    sessionStorage.setItem(PLACE, token);
  } catch {
    // The page remembers it.
  }
}

/** The token of the invitation that this tab was opened for, `null` for none. */
export function keptInvitation(): string | null {
  try {
    return sessionStorage.getItem(PLACE) ?? remembered;
  } catch {
    return remembered;
  }
}

/** It was accepted, declined, or is not good any more. */
export function forgetInvitation(): void {
  remembered = null;
  try {
    sessionStorage.removeItem(PLACE);
  } catch {
    // What could not be kept can't be erased.
  }
}

/** The page of an invitation. The token stays behind the #, out of every log. */
export function invitationPath(token: string): string {
  return `/invites#${token}`;
}

/** Where somebody goes who has just come in: to the invitation they came for, or home. */
export function pathAfterSignIn(): string {
  const token = keptInvitation();
  return token === null ? "/" : invitationPath(token);
}
