const PLACE = "mealcast-account";

/** Where the browser keeps nothing, this tab at least knows what it did itself. */
let remembered = "";

/**
 * Notes in whose name this browser's requests go out from now on: the cookie is shared by all tabs, and a tab that still
 * shows somebody else must not send their edits with it.
 * @param account a user's id; empty while a sign-in or a sign-out is under way.
 */
export function noteRequestAccount(account: string): void {
  remembered = account;
  try {
    localStorage.setItem(PLACE, account);
  } catch {
    // A browser that keeps nothing has no say in it.
  }
}

/** In whose name requests go out, as far as any tab of this browser knows. */
export function requestAccount(): string {
  try {
    return localStorage.getItem(PLACE) ?? remembered;
  } catch {
    return remembered;
  }
}
