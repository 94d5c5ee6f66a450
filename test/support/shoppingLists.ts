import type { BrowserContext, Locator, Page } from "playwright-core";

import type { ShoppingLine } from "../../protocol/shoppingList.ts";
import { untilState } from "./browser.ts";
import type { Home, Person } from "./people.ts";

/** Where one shops, and where one plans it. */
export const SCREENS = [
  { screen: "phone", viewport: { width: 390, height: 844 } },
  { screen: "desktop", viewport: { width: 1280, height: 900 } },
] as const;

/** Puts lines on a household's list through the API. */
export async function writeLines(person: Person, home: Home, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) await person.json("POST", listPath(home), { text });
}

/** A household's list as the server has it. */
export async function storedLines(person: Person, home: Home): Promise<readonly ShoppingLine[]> {
  const response = await fetch(`${person.url}/api/streams/lists/${home.household._id}`, {
    headers: { cookie: person.cookie, accept: "application/json" },
  });
  return ((await response.json()) as { items: readonly ShoppingLine[] }).items;
}

/** The texts of the lines that are ticked on the server, sorted. */
export async function storedTicks(person: Person, home: Home): Promise<readonly string[]> {
  const lines = await storedLines(person, home);
  return lines
    .filter(({ done }) => done)
    .map(({ text }) => text)
    .toSorted();
}

/** Ticks a line through the API. */
export async function tickAs(person: Person, home: Home, text: string, done = true): Promise<void> {
  const line = (await storedLines(person, home)).find((one) => one.text === text);
  await person.json("PATCH", `${listPath(home)}/${line?._id}`, { done });
}

/** Opens somebody's list and waits until it is live. */
export async function openList(
  context: BrowserContext,
  url: string,
  viewport: { readonly width: number; readonly height: number } = SCREENS[0].viewport,
): Promise<Page> {
  const page = await context.newPage();
  await page.setViewportSize(viewport);
  await page.goto(`${url}/list`);
  await untilState(page, "live");
  return page;
}

/** What is on a page's list, by its name and amount. */
export function lineOn(page: Page, name: string): Locator {
  return page.locator(".list-line").filter({ has: page.getByRole("checkbox", { name }) });
}

/** The box of a line. */
export function boxOn(page: Page, name: string): Locator {
  return page.getByRole("checkbox", { name });
}

/** The address of a household's list in the API. */
export function listPath({ household }: Home): string {
  return `/api/households/${household._id}/list`;
}
