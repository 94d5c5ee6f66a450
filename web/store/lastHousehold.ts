const PREFIX = "mealcast-household:";

/** Notes whose week somebody looked at: the next time they come, it is theirs again. */
export function noteHousehold(account: string, householdId: string): void {
  try {
    localStorage.setItem(PREFIX + account, householdId);
  } catch {
    // Then it is the first one.
  }
}

/** Whose week it was; `null` when that is not known. */
export function lastHousehold(account: string): string | null {
  try {
    return localStorage.getItem(PREFIX + account);
  } catch {
    return null;
  }
}

/** Erases it. */
export function forgetHousehold(account: string): void {
  try {
    localStorage.removeItem(PREFIX + account);
  } catch {
    // What could not be kept can't be erased.
  }
}
