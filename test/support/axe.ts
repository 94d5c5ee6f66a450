import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds wrong with a page as it is shown now: each rule with the places that break it. */
async function violationsOn(page: Page): Promise<readonly string[]> {
  // As a script of the page it would be refused by the page's own policy.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(async () => {
    const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
    return inPage.run();
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${String(target)} ${failureSummary ?? ""}`),
  );
}

/** The same in light and in dark colours. */
export async function violationsInBothSchemes(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    // A colour that is just fading is nobody's colour.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    found.push(...(await violationsOn(page)).map((one) => `${colorScheme} ${one}`));
  }
  return found;
}
