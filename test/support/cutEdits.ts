import type { BrowserContext } from "playwright-core";

import { isCrashed } from "./crash.ts";

/** Where edits go. */
const EDITED = /\/api\/(?:mealplans|recipes|households)(?:\/|$)/;

/** The network lets a page come, but none of its edits through. @returns mends it and tells the pages. */
export async function cutEdits(of: BrowserContext): Promise<() => Promise<void>> {
  let isCut = true;
  await of.route(EDITED, (route) => {
    const passes = !isCut || route.request().method() === "GET";
    return passes ? route.fallback() : route.abort();
  });
  return async () => {
    isCut = false;
    const open = of.pages().filter((page) => !isCrashed(page));
    await Promise.all(open.map((page) => page.evaluate(() => dispatchEvent(new Event("online")))));
  };
}
