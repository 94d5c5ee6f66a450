import type { Page } from "playwright-core";

/** Pages that can't be talked to any more. */
const crashed = new WeakSet<Page>();

/** Crashes a page's renderer: it has no time for anything. */
export async function crash(page: Page): Promise<void> {
  const crashes = page.waitForEvent("crash");
  await page.goto("chrome://crash").catch(() => {});
  crashed.add(await crashes);
}

/** True for a page that `crash` has crashed. */
export function isCrashed(page: Page): boolean {
  return crashed.has(page);
}
