import { record, text } from "../api/reading.ts";

const PREFIX = "mealcast-seen:";

/** Nobody comes back to more plans than this and still wonders what is new. */
const MOST_PLANS = 30;

/** Where the browser keeps nothing, it is known as long as the tab lives. */
const memory = new Map<string, string>();

/** As of when (`updatedAt`) an account has seen a plan on this device; `null` when it never did. */
export function lastSeen(account: string, planId: string): string | null {
  return text(plansSeen(account)[planId]) || null;
}

/** Keeps that an account has seen a plan as of then. */
export function keepLastSeen(account: string, planId: string, updatedAt: string): void {
  const { [planId]: _, ...others } = plansSeen(account);
  const plans = [...Object.entries(others), [planId, updatedAt]].slice(-MOST_PLANS);
  const value = JSON.stringify(Object.fromEntries(plans));
  memory.set(account, value);
  try {
    localStorage.setItem(PREFIX + account, value);
  } catch {
    // Refused or full: the memory has it.
  }
}

/** Erases what an account has seen. */
export function dropLastSeen(account: string): void {
  memory.delete(account);
  try {
    localStorage.removeItem(PREFIX + account);
  } catch {
    // What could not be kept can't be erased.
  }
}

function plansSeen(account: string): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(stored(account) ?? "null"));
  } catch {
    return {};
  }
}

function stored(account: string): string | null {
  try {
    return localStorage.getItem(PREFIX + account) ?? memory.get(account) ?? null;
  } catch {
    return memory.get(account) ?? null;
  }
}
