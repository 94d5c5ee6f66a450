const PLACE = "mealcast-left";

/** Tells every tab of this browser, also those that sleep, that an account was left on purpose. */
export function noteLeft(account: string): void {
  try {
    // The moment makes it another value each time: only then do the other tabs hear of it.
    localStorage.setItem(PLACE, `${account} ${Date.now()}`);
  } catch {
    // The other tabs hear it from the server, which ends their streams.
  }
}

/** True when the account was left in some tab, and nobody has entered it since. */
export function wasLeft(account: string): boolean {
  try {
    return accountIn(localStorage.getItem(PLACE)) === account;
  } catch {
    return false;
  }
}

/** Somebody has entered an account: what was left before is no news any more. */
export function forgetLeft(): void {
  try {
    localStorage.removeItem(PLACE);
  } catch {
    // What could not be kept can't be erased.
  }
}

/** Calls back when another tab leaves an account. */
export function onLeft(listener: (account: string) => void): void {
  addEventListener("storage", ({ key, newValue }) => {
    if (key === PLACE && newValue !== null) listener(accountIn(newValue));
  });
}

function accountIn(value: string | null): string {
  return value?.split(" ")[0] ?? "";
}
